namespace Farthing.Architecture.Tests.Model;

/// <summary>One project of the house.</summary>
internal sealed record Project
{
    /// <summary>The name of the project file, for example <c>Farthing.Domain</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder relative to the root of the house: <c>src/Farthing.Domain</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The namespace of the files in the project's own folder.</summary>
    public required string RootNamespace { get; init; }

    /// <summary>The names of the projects that it references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The names of the packages that it references itself; analyzers for all projects are not among them.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>Namespaces that the project file imports for all its files.</summary>
    public required IReadOnlyList<string> Imports { get; init; }

    /// <summary>Its source files in ordinal order of their paths.</summary>
    public required IReadOnlyList<SourceFile> Sources { get; init; }

    /// <summary><c>src</c>, <c>tests</c> or <c>bench</c>.</summary>
    public string Wing => Folder.Split('/')[0];

    /// <summary>The rooms that hold source files, see <see cref="SourceFile.Room"/>.</summary>
    public IEnumerable<string> Rooms => Sources.Select(source => source.Room).Distinct(StringComparer.Ordinal);

    /// <summary>A namespace of the project and those around it, from the inside out, down to the project's own.</summary>
    public IEnumerable<string> Enclosing(string name)
    {
        for (var scope = name; scope.Length >= RootNamespace.Length; scope = scope[..Math.Max(0, scope.LastIndexOf('.'))])
        {
            yield return scope;
        }
    }
}
