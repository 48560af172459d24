using System.Text;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Calls;

/// <summary>The whole state of the list of calls, as its address says it.</summary>
/// <param name="Spend">The days and filters.</param>
public sealed record CallsAddress(SpendAddress Spend)
{
    /// <summary>What addresses of it say, with the place in the list.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        .. SpendAddress.Words,
        WordFilters.Pricing.Address,
        AddressWord.Of(SessionField, static value => value.Length <= KeyLengthMax),
        AddressWord.Of(MetricWord.Field, static value => MetricWord.Find(value) is not null),
        AddressWord.Of("before", static value => EventId.TryParse(value, out _)),
    ];

    private const string SessionField = "session";
    private const int KeyLengthMax = 1_024;

    /// <summary>The only session that is meant, by its key; null for all.</summary>
    public string? Session { get; private init; }

    /// <summary>Whether all history is meant: of a session, where no days are named.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Only calls whose prices are as sure as one of these; empty for all.</summary>
    public IReadOnlyList<PricingStatus> Pricing { get; init; } = [];

    /// <summary>The figure of all calls that is told besides; null for none.</summary>
    public MetricWord? Told { get; private init; }

    /// <summary>The state as the query of an address.</summary>
    public string Query
    {
        get
        {
            var query = new StringBuilder();
            if (Session is not null)
            {
                query.Append(SessionField).Append('=').Append(Uri.EscapeDataString(Session)).Append(IsWhole ? string.Empty : "&");
            }

            query.Append(IsWhole ? Spend.FilterQuery : Spend.Query);
            foreach (var status in Pricing)
            {
                query.Append('&').Append(WordFilters.Pricing.Field).Append('=').Append(WordFilters.Pricing.Of(status).Word);
            }

            return Told is null ? query.ToString() : query.Append('&').Append(MetricWord.Field).Append('=').Append(Told.Word).ToString();
        }
    }

    /// <summary>The address.</summary>
    public string Link => $"{SpendLinks.Calls}?{Query}";

    /// <summary>The calls of one session.</summary>
    public static string OfSession(string key, string agent) => new CallsAddress(SpendAddress.Of(DaySpan.Of(RangeChoice.Of(null))).Only(SpendDimension.Agent, agent)) { Session = key, IsWhole = true }.Link;

    /// <summary>The state that an address says.</summary>
    public static CallsAddress Read(IQueryCollection query) => Read(query, SpendAddress.Read(query));

    /// <summary>The state that a form says.</summary>
    public static CallsAddress ReadForm(IQueryCollection query) => Read(query, SpendAddress.ReadForm(query));

    private static CallsAddress Read(IQueryCollection query, SpendAddress spend)
    {
        var session = query[SessionField] is [{ Length: > 0 and <= KeyLengthMax } key] ? key : null;
        return new(spend)
        {
            Session = session,
            IsWhole = session is not null && !query.ContainsKey("range") && !query.ContainsKey("from"),
            Pricing = WordFilters.Pricing.Read(query),
            Told = MetricWord.Find(query[MetricWord.Field]) is { Metric: not (SpendMetric.Cost or SpendMetric.Calls) } told ? told : null,
        };
    }
}
