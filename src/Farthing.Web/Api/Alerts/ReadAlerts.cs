using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Alerts;

/// <summary>Which alerts are asked for, beside the page.</summary>
internal readonly record struct AlertListQuery
{
    /// <summary><c>true</c> for those that are put away.</summary>
    [FromQuery(Name = "dismissed")]
    public string? Dismissed { get; init; }

    /// <summary>Only those that somebody knows of, or that nobody does.</summary>
    [FromQuery(Name = "acknowledged")]
    public string? Acknowledged { get; init; }

    /// <summary>How many of the newest to pass over, as Primer's clients page; 0 to 10,000, not with <c>after</c>.</summary>
    [FromQuery(Name = "offset")]
    public int? Offset { get; init; }

    /// <summary>What is wrong with the place where the page begins; null when nothing is.</summary>
    public Problem? CheckOffset(Page page) => Offset switch
    {
        < 0 or > WebLimits.OffsetMax => Problem.Invalid("offset", $"'offset' is from 0 to {WebLimits.OffsetMax}; further back 'after' leads."),
        not null when page.After.Length > 0 => Problem.Invalid("offset", "'offset' and 'after' both say where a page begins; send one of them."),
        _ => null,
    };
}

/// <summary>Lists alerts as a plain array, the newest first, and keeps what was done with them; leads have those of their team.</summary>
internal static class ReadAlerts
{
    /// <summary>Lists those that are not put away, or with <c>dismissed=true</c> those that are. Engineers have none.</summary>
    public static async Task<Results<Ok<IReadOnlyList<AlertAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AlertListQuery asked, [AsParameters] PageQuery query, Caller caller, IAlerts alerts, HttpContext context, CancellationToken cancellationToken)
    {
        var page = query.Check();
        var (isDismissed, isKnown) = (FinopsWords.Flag("dismissed", asked.Dismissed), FinopsWords.Flag("acknowledged", asked.Acknowledged));
        if ((page.Problem ?? isDismissed.Problem ?? isKnown.Problem ?? asked.CheckOffset(page.Value)) is { } problem)
        {
            return problem.ToHttp();
        }

        var meant = new AlertQuery
        {
            Within = ScopeRules.Of(caller),
            Dismissed = isDismissed.Value,
            Acknowledged = asked.Acknowledged is { Length: > 0 } ? isKnown.Value : null,
            Skip = asked.Offset ?? 0,
            Page = page.Value.AndOneMore(),
        };
        var found = await alerts.ListAsync(meant, cancellationToken);
        var answer = found.Cut(page.Value, static alert => alert.Id, AlertAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }

    /// <summary>Keeps that somebody knows of it.</summary>
    public static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> AcknowledgeAsync(
        string id, Caller caller, IAlerts alerts, TimeProvider time, CancellationToken cancellationToken) =>
        Answer(await alerts.AcknowledgeAsync(ScopeRules.Of(caller), id, AccessTexts.Now(time), cancellationToken));

    /// <summary>Puts it away.</summary>
    public static async Task<Results<Ok<AlertAnswer>, ProblemHttpResult>> DismissAsync(
        string id, Caller caller, IAlerts alerts, TimeProvider time, CancellationToken cancellationToken) =>
        Answer(await alerts.DismissAsync(ScopeRules.Of(caller), id, AccessTexts.Now(time), cancellationToken));

    private static Results<Ok<AlertAnswer>, ProblemHttpResult> Answer(Alert? alert) =>
        alert is null ? Problem.NotFound("alert").ToHttp() : TypedResults.Ok(AlertAnswer.Of(alert));
}
