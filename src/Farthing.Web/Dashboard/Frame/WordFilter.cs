using Farthing.Domain.PlanFit;
using Farthing.Domain.Pricing;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A value of a <see cref="WordFilter{T}"/> as addresses and people name it.</summary>
/// <typeparam name="T">What is named.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Word">Its name in addresses.</param>
/// <param name="Name">What people call it.</param>
public sealed record FilterWord<T>(T Value, string Word, string Name);

/// <summary>What a list can be narrowed to by words of its address, any number of them.</summary>
/// <typeparam name="T">What the words name.</typeparam>
/// <param name="name">Its name in addresses.</param>
/// <param name="all">All of its words.</param>
public sealed class WordFilter<T>(string name, params IReadOnlyList<FilterWord<T>> all)
    where T : struct, Enum
{
    /// <summary>Its name in addresses, any number of times.</summary>
    public string Field => name;

    /// <summary>What addresses say of it.</summary>
    public AddressWord Address => AddressWord.Of(name, value => all.Any(word => word.Word == value));

    /// <summary>The field of a form that adds one.</summary>
    public string FormField => "add-" + name;

    /// <summary>All of its words.</summary>
    public IReadOnlyList<FilterWord<T>> All => all;

    /// <summary>The word of a value.</summary>
    public FilterWord<T> Of(T value) => all.First(word => EqualityComparer<T>.Default.Equals(word.Value, value));

    /// <summary>The values that an address or a form names, each once; what is none of them is not looked at.</summary>
    public IReadOnlyList<T> Read(IQueryCollection query) =>
        [.. all.Where(word => query[Field].Contains(word.Word) || query[FormField].Contains(word.Word)).Select(static word => word.Value)];

    /// <summary>The address of a list, narrowed to a value as well.</summary>
    /// <param name="list">The address, with a query.</param>
    /// <param name="value">The value.</param>
    public string Link(string list, T value) => $"{list}&{Field}={Of(value).Word}";
}

/// <summary>The filters of lists that are no dimensions.</summary>
public static class WordFilters
{
    /// <summary>How sure the price of a call is, from the surest on.</summary>
    public static WordFilter<PricingStatus> Pricing { get; } = new(
        "pricing",
        new(PricingStatus.Exact, "exact", "Exact"),
        new(PricingStatus.AssumedHost, "assumed_host", "Assumed"),
        new(PricingStatus.Fallback, "estimated", "Estimated"),
        new(PricingStatus.Unpriced, "unpriced", "Without a price"));

    /// <summary>What came of a session, as clients report it.</summary>
    public static WordFilter<SessionOutcome> Outcome { get; } = new(
        "outcome", [.. SessionOutcomes.Words.Select(static said => new FilterWord<SessionOutcome>(said.Meaning, said.Word, NameOf(said.Meaning)))]);

    private static string NameOf(SessionOutcome outcome) => outcome == SessionOutcome.Unknown ? "Not told" : $"{outcome}";
}
