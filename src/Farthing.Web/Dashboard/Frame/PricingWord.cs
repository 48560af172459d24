using Farthing.Domain.Pricing;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>How sure the price of a call is, as addresses and people name it.</summary>
/// <param name="Status">How sure it is.</param>
/// <param name="Word">Its name in addresses.</param>
/// <param name="Name">What people call it.</param>
public sealed record PricingWord(PricingStatus Status, string Word, string Name)
{
    /// <summary>Its name in addresses, any number of times.</summary>
    public const string Field = "pricing";

    /// <summary>The field of a form that adds one.</summary>
    public const string FormField = "add-" + Field;

    /// <summary>All of them, from the surest on.</summary>
    public static IReadOnlyList<PricingWord> All { get; } =
    [
        new(PricingStatus.Exact, "exact", "Exact"),
        new(PricingStatus.AssumedHost, "assumed_host", "Assumed"),
        new(PricingStatus.Fallback, "estimated", "Estimated"),
        new(PricingStatus.Unpriced, "unpriced", "Without a price"),
    ];

    /// <summary>The one of a status.</summary>
    public static PricingWord Of(PricingStatus status) => All.First(word => word.Status == status);

    /// <summary>Those that an address or a form names, each once; what is none of them is not looked at.</summary>
    public static IReadOnlyList<PricingStatus> Read(IQueryCollection query) =>
        [.. All.Where(word => query[Field].Contains(word.Word) || query[FormField].Contains(word.Word)).Select(static word => word.Status)];

    /// <summary>The address of some calls, and of those of them whose price is only so sure.</summary>
    /// <param name="calls">The address of a list of calls, with a query.</param>
    /// <param name="status">How sure it is.</param>
    public static string Link(string calls, PricingStatus status) => $"{calls}&{Field}={Of(status).Word}";
}
