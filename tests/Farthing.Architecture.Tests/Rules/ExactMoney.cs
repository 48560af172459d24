using Farthing.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>Money is never a floating point number, not even on its way: none in the folders that count it.</summary>
internal static class ExactMoney
{
    private static readonly string[] MoneyFolders = ["Money", "Pricing", "Ledger", "Billing", "Budgets", "Caching", "PlanFit"];

    private static readonly string[] FloatingTypes = ["Double", "Single", "Half", "MathF", "Complex"];

    /// <summary>Members of <see cref="Math"/> that stay in integers; every other one is, or converts to, floating point.</summary>
    private static readonly string[] IntegerMath = ["Abs", "BigMul", "Clamp", "DivRem", "Max", "Min", "Sign"];

    /// <summary>Members of other types that yield floating point numbers.</summary>
    private static readonly string[] FloatingMembers =
    [
        "ToDouble", "ToSingle", "GetDouble", "TryGetDouble", "GetSingle", "TryGetSingle", "Average", "NextDouble", "NextSingle",
        "TotalDays", "TotalHours", "TotalMinutes", "TotalSeconds", "TotalMilliseconds", "TotalMicroseconds", "TotalNanoseconds",
    ];

    /// <summary>Every place where a floating point type, literal or function is named.</summary>
    public static IEnumerable<string> FloatingPoint(House house) =>
        from source in house.Find(PureDomain.ProjectName)?.Sources ?? []
        where MoneyFolders.Contains(source.FirstFolder, StringComparer.Ordinal)
        from node in source.Syntax.DescendantNodes()
        where IsFloating(node)
        select $"{source.At(node)}: {node}";

    private static bool IsFloating(SyntaxNode node) => node switch
    {
        PredefinedTypeSyntax type => type.Keyword.Kind() is SyntaxKind.FloatKeyword or SyntaxKind.DoubleKeyword,
        LiteralExpressionSyntax literal => literal.Token.Value is double or float,
        MemberAccessExpressionSyntax access => IsFloatingMember(access),
        MemberBindingExpressionSyntax binding => Contains(FloatingMembers, binding.Name),
        IdentifierNameSyntax name => Contains(FloatingTypes, name) && MeansAType(name),
        _ => false,
    };

    /// <summary>Whether a name can only be a type here: <c>cards.Single()</c> and <c>Half + 1</c> are something else.</summary>
    private static bool MeansAType(IdentifierNameSyntax name) => SyntaxFacts.IsInTypeOnlyContext(name) || name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name || access.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(System) },
        _ => false,
    };

    private static bool IsFloatingMember(MemberAccessExpressionSyntax access) =>
        access.Expression is IdentifierNameSyntax { Identifier.ValueText: "Math" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Math" }
            ? !Contains(IntegerMath, access.Name)
            : Contains(FloatingMembers, access.Name);

    private static bool Contains(string[] names, SimpleNameSyntax name) => names.Contains(name.Identifier.ValueText, StringComparer.Ordinal);
}
