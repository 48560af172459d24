using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Model;

/// <summary>A dotted name in a file that may be, or begin with, the name of a type.</summary>
/// <param name="Parts">The parts between the points, without type arguments.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct NameUse(string[] Parts, string Place);

/// <summary>
/// The names of a file that may mean types of other rooms. In expressions a name that the file itself gives to a
/// parameter, a variable or a member means that one, not a type.
/// </summary>
internal sealed class NameUses(SourceFile source)
{
    private readonly HashSet<string> ownTypes =
    [
        .. source.Types.Select(type => SourceFile.TypeName(type)!),
        .. source.Syntax.DescendantNodes().OfType<TypeParameterSyntax>().Select(parameter => parameter.Identifier.ValueText),
    ];

    private readonly HashSet<string> ownValues = [.. source.Syntax.DescendantNodes().Select(ValueName).OfType<string>()];

    /// <summary>All of them, in the order of the text.</summary>
    public IEnumerable<NameUse> All =>
        from name in source.Syntax.DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
        where BeginsAName(name) && !ownTypes.Contains(name.Identifier.ValueText) && MayBeAType(name)
        from use in Spellings(name)
        select use;

    private static bool BeginsAName(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberAccessExpressionSyntax access => access.Expression == name,
        AliasQualifiedNameSyntax alias => alias.Name == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
        BaseNamespaceDeclarationSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => true,
    };

    private bool MayBeAType(SimpleNameSyntax name) =>
        SyntaxFacts.IsInTypeOnlyContext(name)
        || (!ownValues.Contains(name.Identifier.ValueText) && name.Parent switch
        {
            AliasQualifiedNameSyntax or MemberAccessExpressionSyntax or QualifiedNameSyntax or ConstantPatternSyntax => true,
            BinaryExpressionSyntax binary => binary.Right == name && binary.IsKind(SyntaxKind.IsExpression),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => true,
            _ => false,
        });

    private IEnumerable<NameUse> Spellings(SimpleNameSyntax name)
    {
        var parts = Parts(name);
        var place = source.At(name);
        yield return new(parts, place);
        if (name.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(name.Span))
        {
            yield return new([.. parts[..^1], parts[^1] + nameof(Attribute)], place);
        }
    }

    private static string[] Parts(SimpleNameSyntax first)
    {
        List<string> parts = [first.Identifier.ValueText];
        SyntaxNode node = first.Parent is AliasQualifiedNameSyntax alias ? alias : first;
        while (Continuation(node) is { } next)
        {
            parts.Add(next.Identifier.ValueText);
            node = node.Parent!;
        }

        return [.. parts];
    }

    private static SimpleNameSyntax? Continuation(SyntaxNode node) => node.Parent switch
    {
        QualifiedNameSyntax qualified when qualified.Left == node => qualified.Right,
        MemberAccessExpressionSyntax access when access.Expression == node => access.Name,
        _ => null,
    };

    private static string? ValueName(SyntaxNode node) => node switch
    {
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        _ => null,
    };
}
