namespace Farthing.Architecture.Tests.Model;

/// <summary>One room of a project names another one.</summary>
/// <param name="From">The room that depends.</param>
/// <param name="To">The room that it depends on; another one.</param>
/// <param name="Place">Where it does so first.</param>
internal readonly record struct RoomArrow(string From, string To, string Place);

/// <summary>
/// The arrows between the rooms of one project: using directives, qualified names, and simple names of types that another
/// room declares, for a namespace sees the types of its parents without any directive. Documentation is not read.
/// </summary>
internal sealed class RoomArrows
{
    private readonly Project project;
    private readonly Dictionary<string, string> foldersByNamespace;
    private readonly ILookup<(string Namespace, string Type), string> roomsByType;
    private readonly IReadOnlyList<string> projectImports;

    private RoomArrows(Project project)
    {
        this.project = project;
        foldersByNamespace = project.Sources.Where(source => source.Namespace != project.RootNamespace)
            .DistinctBy(source => source.Namespace, StringComparer.Ordinal)
            .ToDictionary(source => source.Namespace, source => source.Room, StringComparer.Ordinal);
        roomsByType = project.Sources
            .SelectMany(source => source.OuterTypes, (source, type) => (source.Namespace, Type: SourceFile.TypeName(type)!, source.Room))
            .Distinct()
            .ToLookup(type => (type.Namespace, type.Type), type => type.Room);
        projectImports =
        [
            .. project.Imports,
            .. project.Sources.SelectMany(source => source.Syntax.Usings)
                .Where(directive => directive.GlobalKeyword.ValueText.Length > 0)
                .Select(directive => directive.NamespaceOrType.ToString()),
        ];
    }

    /// <summary>The arrows of a project, each pair of rooms once, in ordinal order.</summary>
    public static IReadOnlyList<RoomArrow> Of(Project project)
    {
        var reader = new RoomArrows(project);
        return
        [
            .. project.Sources.SelectMany(reader.ArrowsOf)
                .DistinctBy(arrow => (arrow.From, arrow.To))
                .OrderBy(arrow => arrow.From, StringComparer.Ordinal)
                .ThenBy(arrow => arrow.To, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<RoomArrow> ArrowsOf(SourceFile source)
    {
        var directives = source.Syntax.Usings.Where(directive => directive.GlobalKeyword.ValueText.Length == 0)
            .Select(directive => (Name: directive.NamespaceOrType.ToString(), Place: source.At(directive)))
            .ToArray();
        string[] imports = [.. directives.Select(directive => directive.Name), .. projectImports];

        var directed = directives.SelectMany(directive => Qualified(directive.Name.Split('.')), (directive, room) => (Room: room, directive.Place));
        var named = new NameUses(source).All.SelectMany(use => RoomsOf(use.Parts, source.Namespace, imports), (use, room) => (Room: room, use.Place));
        return directed.Concat(named)
            .Where(target => target.Room != source.Room)
            .Select(target => new RoomArrow(source.Room, target.Room, target.Place));
    }

    /// <summary>Resolves a dotted name as the compiler does: from the inner namespace outwards, then through directives.</summary>
    private IEnumerable<string> RoomsOf(string[] parts, string here, string[] imports)
    {
        foreach (var scope in project.Enclosing(here))
        {
            if (Declaring(scope, parts[0]) is { Count: > 0 } rooms)
            {
                return rooms;
            }

            if (Qualified([.. scope.Split('.'), .. parts], typesOnly: true) is { Count: > 0 } inner)
            {
                return inner;
            }
        }

        var imported = imports.Select(import => Declaring(import, parts[0])).FirstOrDefault(rooms => rooms.Count > 0);
        return imported ?? (parts.Length > 1 ? Qualified(parts) : []);
    }

    /// <summary>The rooms of a name that begins with a whole namespace; without a type at its end it is the namespace's folder.</summary>
    private IReadOnlyList<string> Qualified(string[] parts, bool typesOnly = false)
    {
        for (var length = parts.Length; length > 0; length--)
        {
            var name = string.Join('.', parts[..length]);
            if (length < parts.Length && Declaring(name, parts[length]) is { Count: > 0 } rooms)
            {
                return rooms;
            }

            if (!typesOnly && foldersByNamespace.TryGetValue(name, out var folder))
            {
                return [folder];
            }
        }

        return [];
    }

    private IReadOnlyList<string> Declaring(string name, string type) => [.. roomsByType[(name, type)]];
}
