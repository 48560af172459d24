using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
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

    private const string ByCost = "cost";

    /// <summary>The address.</summary>
    public string Link =>
        (IsSorted ? SpendLinks.DearestSessionsOf(Spend) : SpendLinks.SessionsOf(Spend)) + (Work.Length == 0 ? string.Empty : $"&{SpendLinks.Work}={Uri.EscapeDataString(Work)}");

    /// <summary>The state that an address says.</summary>
    public static SessionsAddress Read(IQueryCollection query) => Read(query, SpendAddress.Read(query));

    /// <summary>The state that a form says.</summary>
    public static SessionsAddress ReadForm(IQueryCollection query)
    {
        var address = Read(query, SpendAddress.ReadForm(query));
        return WordOf(query, WorkField) is { Length: > 0 } work ? address with { Work = work } : address;
    }

    private static SessionsAddress Read(IQueryCollection query, SpendAddress spend) => new(spend, query["sort"] == ByCost, WordOf(query, SpendLinks.Work));

    private static string WordOf(IQueryCollection query, string name) => query[name] is [{ Length: <= WebLimits.TextLengthMax } word] ? word : string.Empty;
}
