using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Model;

/// <summary>One C# file.</summary>
/// <param name="Path">Its path relative to the root of the house.</param>
/// <param name="Room">Its folder relative to its project. A file in the project's own folder lies in no folder with others: it is a room by itself, named as the file.</param>
/// <param name="Namespace">The namespace that belongs to its folder, whatever the file itself says.</param>
/// <param name="Syntax">What is written in it.</param>
internal sealed record SourceFile(string Path, string Room, string Namespace, CompilationUnitSyntax Syntax)
{
    /// <summary>The first folder of its room.</summary>
    public string FirstFolder => Room.Split('/')[0];

    /// <summary>Its name without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>All type declarations, nested ones too.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types =>
        Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => TypeName(member) is not null);

    /// <summary>The declarations of types that lie in no other type.</summary>
    public IEnumerable<MemberDeclarationSyntax> OuterTypes =>
        Types.Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);

    /// <summary>Reads a file of a project.</summary>
    public static SourceFile Read(string root, string path, string projectFolder, string rootNamespace)
    {
        var folder = HouseFiles.FolderOf(path);
        var room = path[(projectFolder.Length + 1)..];
        var space = rootNamespace;
        if (folder != projectFolder)
        {
            room = folder[(projectFolder.Length + 1)..];
            space = $"{rootNamespace}.{room.Replace('/', '.')}";
        }

        var text = File.ReadAllText(System.IO.Path.Combine(root, path));
        return new(path, room, space, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());
    }

    /// <summary>The name of a type declaration, which an extension block has not; null for every other member.</summary>
    public static string? TypeName(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax { Identifier.ValueText: { Length: > 0 } name } => name,
        DelegateDeclarationSyntax { Identifier.ValueText: var name } => name,
        _ => null,
    };

    /// <summary>Where a node stands: <c>src/X/Y.cs:12</c>.</summary>
    public string At(SyntaxNodeOrToken node) => $"{Path}:{LineOf(node.SpanStart)}";

    /// <summary>The 1-based line of a position.</summary>
    public int LineOf(int position) => Syntax.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;
}
