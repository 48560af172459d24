using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Whose savings the page of how they are made shows, as its address says it.</summary>
/// <param name="Engineer">The only engineer's id, empty for calls that name nobody; null for all.</param>
/// <param name="Model">The only model; null for all.</param>
public sealed record SavingsAddress(string? Engineer, string? Model)
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/finops/cache/savings";

    /// <summary>What addresses of it say.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
        [.. DaySpan.Words, .. SpendAddress.Words.Where(static word => word.Name == DimensionWord.Of(SpendDimension.User).Word || word.Name == DimensionWord.Of(SpendDimension.Model).Word)];

    /// <summary>Everybody's, of all models.</summary>
    public static SavingsAddress All { get; } = new(null, null);

    /// <summary>The state as a part of an address that begins with the span; empty for everything.</summary>
    public string Kept => Part(SpendDimension.User, Engineer) + Part(SpendDimension.Model, Model);

    /// <summary>The address.</summary>
    public string Link(DaySpan span) => $"{Path}?{span.Query}{Kept}";

    /// <summary>The state that an address says: of several engineers or models the first.</summary>
    public static SavingsAddress Read(IQueryCollection query)
    {
        var spend = SpendAddress.Read(query);
        return new(First(SpendDimension.User), First(SpendDimension.Model));

        string? First(SpendDimension by) => spend.Filters.FirstOrDefault(filter => filter.By == by)?.Values is [var value, ..] ? value : null;
    }

    private static string Part(SpendDimension by, string? value) => value is null ? string.Empty : $"&{DimensionWord.Of(by).Word}={Uri.EscapeDataString(value)}";
}
