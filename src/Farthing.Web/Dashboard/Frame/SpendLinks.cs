using Farthing.Domain.Usage;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>The addresses of what spend consists of.</summary>
public static class SpendLinks
{
    /// <summary>Where sessions are.</summary>
    public const string Sessions = "/sessions";

    /// <summary>The part of the address of a list that puts what cost most first.</summary>
    public const string ByCost = "sort=cost";

    /// <summary>The name in the address of a list of sessions of the only kind of work that is meant.</summary>
    public const string Work = "work";

    /// <summary>The name in the address of a list of sessions of the only model that one of a kind of work must stand for.</summary>
    public const string ComparedModel = "compared-model";

    /// <summary>Where calls are.</summary>
    public const string Calls = "/calls";

    /// <summary>What came to a list of calls since it was shown; a part of a page.</summary>
    public const string Newest = "/calls/newest";

    /// <summary>The list of sessions of some spend.</summary>
    public static string SessionsOf(SpendAddress spend) => $"{Sessions}?{spend.Query}";

    /// <summary>The same list, the session that cost most first.</summary>
    public static string DearestSessionsOf(SpendAddress spend) => $"{SessionsOf(spend)}&{ByCost}";

    /// <summary>The sessions of a kind of work that began in the days of some spend, the dearest first.</summary>
    public static string SessionsOfWork(SpendAddress spend, string work) => $"{DearestSessionsOf(spend)}&{Work}={Uri.EscapeDataString(work)}";

    /// <summary>Those of them that stand for a model where models are compared.</summary>
    public static string SessionsOfWork(SpendAddress spend, string work, string model) => $"{SessionsOfWork(spend, work)}&{ComparedModel}={Uri.EscapeDataString(model)}";

    /// <summary>The list of calls of some spend.</summary>
    public static string CallsOf(SpendAddress spend) => $"{Calls}?{spend.Query}";

    /// <summary>As the other one, where the list tells a figure of all its calls.</summary>
    public static string CallsOf(SpendAddress spend, SpendMetric told) => $"{CallsOf(spend)}&{MetricWord.Field}={MetricWord.Of(told).Word}";

    /// <summary>As the other one, of everything of a span.</summary>
    public static string CallsOf(DaySpan span) => CallsOf(SpendAddress.Of(span));

    /// <summary>As the other one, of what has one value of a dimension.</summary>
    public static string CallsOf(DaySpan span, SpendDimension by, string value) => CallsOf(SpendAddress.Of(span).Only(by, value));

    /// <summary>The page of a call.</summary>
    public static string Call(EventId id) => $"{Calls}/{id}";

    /// <summary>The page of a session.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="agent">Its agent; empty for whichever has one of that key.</param>
    public static string Session(string key, string agent = "") =>
        $"{Sessions}/{Uri.EscapeDataString(key)}{(agent.Length > 0 ? $"?agent={Uri.EscapeDataString(agent)}" : string.Empty)}";

    /// <summary>As the other one.</summary>
    public static string Session(SessionSpend session) => Session(session.Key, session.Agent);

    /// <summary>As the other one.</summary>
    public static string Session(UsageEvent usage) => Session(usage.Session.Key, usage.Dimensions.Agent);
}
