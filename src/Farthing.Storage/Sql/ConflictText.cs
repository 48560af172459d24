using System.Globalization;
using System.Text;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Storage.Sql;

/// <summary>What is kept of a record that was refused, and why it was.</summary>
internal static class ConflictText
{
    /// <summary>The reason of a record that says something else of the same size.</summary>
    public const string Contradiction = "the record contradicts a known record of the same call and the same size";

    /// <summary>The reason of a record that somebody else sent.</summary>
    public const string AnotherOwner = "the record comes from somebody else than the known record of the same call";

    /// <summary>The reason of a record whose cost fits no column.</summary>
    public const string TooDear = "the cost is negative or beyond 9.2 million dollars, which no call costs";

    /// <summary>Everything that two records of a call can differ in, one <c>name=value</c> a line.</summary>
    public static string Of(UsageEvent usage, in Rating rating)
    {
        var tokens = usage.Tokens;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"id={usage.Id}\nat={usage.OccurredAt:O}\nagent={usage.Dimensions.Agent}\n");
        text.Append(CultureInfo.InvariantCulture, $"model={usage.Dimensions.Model}\nsession={usage.Session.Key}\nuser={usage.Dimensions.User}\n");
        text.Append(CultureInfo.InvariantCulture, $"input={tokens.Input}\ncache_read={tokens.CacheRead}\n");
        text.Append(CultureInfo.InvariantCulture, $"cache_write_5m={tokens.CacheWrite5m}\ncache_write_1h={tokens.CacheWrite1h}\n");
        text.Append(CultureInfo.InvariantCulture, $"output={tokens.Output}\nreasoning={tokens.Reasoning}\n");
        text.Append(CultureInfo.InvariantCulture, $"modalities={EventText.OfModalities(tokens.Modalities)}\n");
        text.Append(CultureInfo.InvariantCulture, $"web_searches={usage.WebSearches}\nterms={EventText.TermsOf(usage.Terms)}\n");
        text.Append(CultureInfo.InvariantCulture, $"geo={usage.Terms.Geo}\nquality={EventText.QualityOf(usage)}\nline={usage.Line}\n");
        text.Append(CultureInfo.InvariantCulture, $"run={usage.Run}\nduration={usage.DurationMilliseconds}\n");
        text.Append(CultureInfo.InvariantCulture, $"rate_card={rating.Card.Model}\ncost={rating.Cost.Total}\n");
        return text.ToString();
    }
}
