using Farthing.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>The domain is rules only: no tasks, no logger, no clock, no package; its folders look to the left only.</summary>
internal static class PureDomain
{
    /// <summary>The project with the rules.</summary>
    public const string ProjectName = "Farthing.Domain";

    private static readonly string[] Order =
    [
        "Money", "Usage", "Pricing", "Ledger", "Billing", "Budgets", "Caching", "PlanFit", "Forecasting", "Anomalies",
        "Allocation", "Focus",
    ];

    private static readonly string[] PackagesAllowed = ["MathNet.Numerics"];

    private static readonly string[] Impure =
        ["Task", "ValueTask", "IAsyncEnumerable", "ILogger", "ILoggerFactory", "TimeProvider"];

    /// <summary>Arrows from a folder to one right of it, and files in folders without a place in the order.</summary>
    public static IEnumerable<string> ArrowsToTheRight(House house)
    {
        if (house.Find(ProjectName) is not { } domain)
        {
            return [];
        }

        var placeless =
            from source in domain.Sources
            where !Order.Contains(source.FirstFolder, StringComparer.Ordinal) && source.OuterTypes.Any()
            select $"{source.Path} lies in no folder of the order";
        var right =
            from arrow in RoomArrows.Of(domain)
            let reader = PlaceOf(arrow.From)
            let read = PlaceOf(arrow.To)
            where reader >= 0 && read > reader
            select $"{arrow.Place}: {Order[reader]} -> {Order[read]}";
        return placeless.Concat(right);
    }

    /// <summary>Packages, and names of types that bring time, tasks or logs into the rules.</summary>
    public static IEnumerable<string> Impurities(House house)
    {
        if (house.Find(ProjectName) is not { } domain)
        {
            return [];
        }

        var packages = domain.Packages.Except(PackagesAllowed, StringComparer.Ordinal).Select(package => $"{domain.Folder}: package {package}");
        var names =
            from source in domain.Sources
            from token in source.Syntax.DescendantTokens()
            where IsImpure(token)
            select $"{source.At(token)}: {token.ValueText}";
        return packages.Concat(names);
    }

    private static bool IsImpure(SyntaxToken token) =>
        token.IsKind(SyntaxKind.AsyncKeyword) || token.IsKind(SyntaxKind.AwaitKeyword)
        || (token.Parent is SimpleNameSyntax && Impure.Contains(token.ValueText, StringComparer.Ordinal));

    private static int PlaceOf(string room) => Array.IndexOf(Order, room.Split('/')[0]);
}
