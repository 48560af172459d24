using Farthing.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>A file is one concept and a method fits on a screen.</summary>
internal static class EvenRooms
{
    /// <summary>The most lines of a source file.</summary>
    public const int FileLinesMax = 400;

    /// <summary>The most lines of a method, from its signature to its last brace.</summary>
    public const int MethodLinesMax = 60;

    private static readonly string[] Suffixes = [".cs", ".razor", ".sql", ".sh", ".py", ".js", ".css"];

    /// <summary>Files with more lines than <see cref="FileLinesMax"/>: source code and scripts.</summary>
    public static IEnumerable<string> LongFiles(House house) =>
        from suffix in Suffixes
        from path in house.Files(suffix)
        let lines = house.Read(path).AsSpan().TrimEnd('\n').Count('\n') + 1
        where lines > FileLinesMax
        select $"{path}: {lines} lines";

    /// <summary>Methods and their like with more lines than <see cref="MethodLinesMax"/>; a local function counts for itself too.</summary>
    public static IEnumerable<string> LongMethods(House house) =>
        from source in house.Sources
        from method in Methods(source)
        let lines = source.LineOf(method.Last.Span.End) - source.LineOf(method.First.SpanStart) + 1
        where lines > MethodLinesMax
        select $"{source.At(method.First)}: {method.Name} has {lines} lines";

    private static IEnumerable<(string Name, SyntaxToken First, SyntaxToken Last)> Methods(SourceFile source)
    {
        foreach (var node in source.Syntax.DescendantNodes())
        {
            if (NameOf(node) is { } name)
            {
                yield return (name, FirstAfterAttributes(node), node.GetLastToken());
            }
        }

        if (source.Syntax.Members.OfType<GlobalStatementSyntax>().ToArray() is [var first, ..] statements)
        {
            yield return ("the program", first.GetFirstToken(), statements[^1].GetLastToken());
        }
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax => "an operator",
        DestructorDeclarationSyntax => "a finalizer",
        AccessorDeclarationSyntax accessor => accessor.Keyword.ValueText,
        PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.ValueText,
        _ => null,
    };

    private static SyntaxToken FirstAfterAttributes(SyntaxNode node) =>
        node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault()?.GetLastToken().GetNextToken() ?? node.GetFirstToken();
}
