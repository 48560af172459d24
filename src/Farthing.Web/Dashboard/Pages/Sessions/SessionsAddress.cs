using Farthing.Domain.PlanFit;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
using Farthing.Workflows.Analytics;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Sessions;

/// <summary>The whole state of the list of sessions, as its address says it.</summary>
/// <param name="Spend">The days and filters.</param>
/// <param name="IsSorted">Whether it is asked for in order of cost.</param>
/// <param name="Work">The only kind of work that is meant; empty for all.</param>
public sealed record SessionsAddress(SpendAddress Spend, bool IsSorted, string Work)
{
    /// <summary>The field of the form that chooses the kind of work.</summary>
    public const string WorkField = "add-" + SpendLinks.Work;

    /// <summary>What addresses of it say, with the place in the list.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        .. SpendAddress.Words,
        WordFilters.Outcome.Address,
        AddressWord.Of("sort", static value => value == ByCost),
        AddressWord.Of(SpendLinks.Work, static value => value.Length <= WebLimits.TextLengthMax),
        new(SpendLinks.ComparedModel, static (value, request) => value.Length <= WebLimits.TextLengthMax && WordOf(request.Query, SpendLinks.Work).Length > 0),
        AddressWord.Of(BehindField, static value => value.Length <= WebLimits.TextLengthMax),
        AddressWord.Of("after", static value => Enum.GetValues<SessionOrder>().Any(order => SessionPlace.Read(order, value) is not null)),
    ];

    private const string ByCost = "cost";
    private const string BehindField = "behind";

    /// <summary>Only sessions of which one of these came, as their clients report it; empty for all.</summary>
    public IReadOnlyList<SessionOutcome> Outcomes { get; init; } = [];

    /// <summary>The only model that a session of the kind of work may stand for where models are compared; empty for all.</summary>
    public string ComparedModel { get; init; } = string.Empty;

    /// <summary>Behind which session the part of very many begins that is listed; empty for the first one.</summary>
    public string Behind { get; init; } = string.Empty;

    /// <summary>What must have been said of a session.</summary>
    public SaidFilter Said => new(Work, Outcomes) { ComparedModel = ComparedModel };

    /// <summary>The address of the first part.</summary>
    public string Link => Outcomes.Aggregate(
        (IsSorted ? SpendLinks.DearestSessionsOf(Spend) : SpendLinks.SessionsOf(Spend)) + FieldOf(SpendLinks.Work, Work) + FieldOf(SpendLinks.ComparedModel, ComparedModel),
        WordFilters.Outcome.Link);

    /// <summary>The address of the part behind a session; of the first one where it is empty.</summary>
    public string LinkBehind(string session) => session.Length == 0 ? Link : $"{Link}&{BehindField}={Uri.EscapeDataString(session)}";

    /// <summary>The state that an address says.</summary>
    public static SessionsAddress Read(IQueryCollection query) => Read(query, SpendAddress.Read(query));

    /// <summary>The state that a form says.</summary>
    public static SessionsAddress ReadForm(IQueryCollection query)
    {
        var address = Read(query, SpendAddress.ReadForm(query));
        return WordOf(query, WorkField) is { Length: > 0 } work ? address with { Work = work } : address;
    }

    private static SessionsAddress Read(IQueryCollection query, SpendAddress spend) =>
        new(spend, query["sort"] == ByCost, WordOf(query, SpendLinks.Work))
        {
            Outcomes = WordFilters.Outcome.Read(query),
            ComparedModel = WordOf(query, SpendLinks.Work).Length == 0 ? string.Empty : WordOf(query, SpendLinks.ComparedModel),
            Behind = WordOf(query, BehindField),
        };

    private static string FieldOf(string name, string word) => word.Length == 0 ? string.Empty : $"&{name}={Uri.EscapeDataString(word)}";

    private static string WordOf(IQueryCollection query, string name) => query[name] is [{ Length: <= WebLimits.TextLengthMax } word] ? word : string.Empty;
}
