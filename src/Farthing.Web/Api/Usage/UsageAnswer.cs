using System.Text.Json.Serialization;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Metering;

namespace Farthing.Web.Api.Usage;

/// <summary>What became of a batch. The first five counts add up to the number of its events.</summary>
/// <param name="Accepted">New calls.</param>
/// <param name="Duplicates">Records of known calls that said nothing new.</param>
/// <param name="Superseded">Known calls that got a better record.</param>
/// <param name="Conflicts">Records that contradict a known call; kept aside.</param>
/// <param name="Rejected">Records that were refused.</param>
/// <param name="Unpriced">Accepted or superseding records whose model has no price yet: stored, and not free.</param>
/// <param name="Items">The events that were not simply accepted; all of them with <c>?items=all</c>.</param>
internal sealed record UsageAnswer(int Accepted, int Duplicates, int Superseded, int Conflicts, int Rejected, int Unpriced, IReadOnlyList<UsageItem> Items)
{
    /// <summary>Joins what was read with what became of it.</summary>
    /// <param name="read">The items of the body.</param>
    /// <param name="recorded">What became of those that were acceptable, in the same order.</param>
    /// <param name="all">Whether accepted events are told one by one too.</param>
    public static UsageAnswer Of(IReadOnlyList<ReadItem> read, RecordedUsage recorded, bool all)
    {
        var items = new List<UsageItem>(all ? read.Count : 0);
        var counts = default(AppendResult);
        var (next, unpriced) = (0, 0);
        for (var index = 0; index < read.Count; index++)
        {
            if (read[index].Problem is { } problem)
            {
                items.Add(new(index, read[index].Id, "rejected") { Code = problem.Code, Field = problem.Field, Detail = problem.Detail });
                continue;
            }

            var (rated, verdict) = (recorded.Events[next], recorded.Verdicts[next]);
            next++;
            counts += AppendResult.Of(verdict);
            if (verdict is AppendVerdict.Accepted or AppendVerdict.Superseded && rated.Rating.Card.Status == PricingStatus.Unpriced)
            {
                unpriced++;
            }

            if (all || verdict != AppendVerdict.Accepted)
            {
                items.Add(UsageItem.Of(index, read[index].Id, verdict, rated.Rating));
            }
        }

        return new(counts.Accepted, counts.Duplicates, counts.Superseded, counts.Conflicts, read.Count - next, unpriced, items);
    }
}

/// <summary>What became of one event.</summary>
/// <param name="Index">Its place in the body, from 0.</param>
/// <param name="Id">The key that its sender gave it; empty when there is none that can be read.</param>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c>, <c>superseded</c>, <c>conflict</c> or <c>rejected</c>.</param>
internal sealed record UsageItem(int Index, string Id, string Status)
{
    /// <summary>Why it was rejected or kept aside, for programs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The offending member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Why, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>How sure the price is: <c>exact</c>, <c>assumed_host</c> or <c>unpriced</c>; left out where this record does not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PricingStatus { get; init; }

    /// <summary>What it costs in US dollars, exactly; left out where the price is unknown or this record does not count.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CostUsd { get; init; }

    /// <summary>Tells what the store decided.</summary>
    public static UsageItem Of(int index, string id, AppendVerdict verdict, in Rating rating) => verdict switch
    {
        AppendVerdict.Accepted => Counted(index, id, "accepted", rating),
        AppendVerdict.Superseded => Counted(index, id, "superseded", rating),
        AppendVerdict.Duplicate => new(index, id, "duplicate"),
        _ => new(index, id, "conflict")
        {
            Code = "conflict",
            Detail = "A call of this id is known and this record says something else of the same size, or its cost is beyond all sense. It was kept aside; what is known stands.",
        },
    };

    private static UsageItem Counted(int index, string id, string status, in Rating rating) => new(index, id, status)
    {
        PricingStatus = rating.Card.Status switch
        {
            Domain.Pricing.PricingStatus.Exact => "exact",
            Domain.Pricing.PricingStatus.AssumedHost => "assumed_host",
            Domain.Pricing.PricingStatus.Fallback => "fallback",
            _ => "unpriced",
        },
        CostUsd = rating.Card.Status == Domain.Pricing.PricingStatus.Unpriced ? null : rating.Cost.Total.ToString(),
    };
}
