using Farthing.Architecture.Tests.Model;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>What every room has: a namespace that is its folder, a README for its project, a place in the solution.</summary>
internal static class Furnishing
{
    private const string Commands = "Commands";

    /// <summary>Shipped projects without a README.md.</summary>
    public static IEnumerable<string> MissingReadmes(House house) =>
        from project in house.Shipped
        where !house.Has($"{project.Folder}/README.md")
        select $"{project.Folder} has no README.md";

    /// <summary>Files whose namespace is not the one of their folder.</summary>
    public static IEnumerable<string> NamespacesBesideTheirFolder(House house) =>
        from source in house.Sources
        from declared in source.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
        where declared.Name.ToString() != source.Namespace
        select $"{source.At(declared)}: {declared.Name} instead of {source.Namespace}";

    /// <summary>Projects that the solution does not name, which nobody would build or test.</summary>
    public static IEnumerable<string> ProjectsOutsideTheSolution(House house)
    {
        var solution = house.Read(House.SolutionFile);
        return
            from path in house.Files(".csproj")
            where !solution.Contains($"\"{path}\"", StringComparison.Ordinal)
            select $"{path} is not in {House.SolutionFile}";
    }

    /// <summary>Shipped projects without a project that tests them.</summary>
    public static IEnumerable<string> UntestedProjects(House house) =>
        from project in house.Shipped
        where house.Find($"{project.Name}.Tests") is null
        select $"{project.Name} has no tests";

    /// <summary>Files of the host's commands that hold several types, or one of another name than the file's.</summary>
    public static IEnumerable<string> CommandsSharingAFile(House house) =>
        from source in house.Find("Farthing")?.Sources ?? []
        where source.FirstFolder == Commands
        let types = source.OuterTypes.Select(type => SourceFile.TypeName(type)!).ToArray()
        where types is not [var only] || only != source.Name
        select $"{source.Path} holds {(types.Length == 0 ? "no type" : string.Join(", ", types))}";
}
