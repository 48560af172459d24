using Farthing.Domain.PlanFit;
using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Sessions;

/// <summary>Which sessions are asked for. What is left out restricts nothing.</summary>
internal readonly record struct SessionFilter
{
    /// <summary>How many.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>Whose.</summary>
    [FromQuery(Name = "engineer_id")]
    public string? EngineerId { get; init; }

    /// <summary>Of which team; means nothing to whom sees one team or their own sessions only.</summary>
    [FromQuery(Name = "team_id")]
    public string? TeamId { get; init; }

    /// <summary>Of the project with this folder or name.</summary>
    [FromQuery(Name = "project")]
    public string? Project { get; init; }

    /// <summary>Of which one of these came: <c>success</c>, <c>partial</c>, <c>failure</c>, or <c>unknown</c> where nobody told.</summary>
    [FromQuery(Name = "outcome")]
    public string[]? Outcomes { get; init; }

    /// <summary>Begun at this instant or later.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Begun before this instant.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>The page and what is to be on it, for a caller; or what is wrong.</summary>
    public Result<(Page Page, SessionQuery Query)> Read(Caller caller, TimeProvider time)
    {
        var fields = new BodyFields(time);
        fields.Text("engineer_id", EngineerId);
        fields.Text("team_id", TeamId);
        fields.Text("project", Project);
        var outcomes = (Outcomes ?? []).Where(static word => word.Length > 0).Select(word => fields.Word("outcome", word, SessionOutcome.Unknown, SessionOutcomes.Words)).Distinct().ToList();
        var (from, to) = (Instants.Read("from", From), Instants.Read("to", To));
        var page = new PageQuery { Limit = Limit, After = After }.Check(static text => !text.Any(char.IsControl));
        if ((fields.Problem ?? from.Problem ?? to.Problem ?? page.Problem) is { } problem)
        {
            return problem;
        }

        return to.Value <= from.Value
            ? Problem.Invalid("to", "'to' must lie behind 'from'.")
            : (page.Value, new SessionQuery
            {
                Within = ScopeRules.Of(caller, TeamId),
                EngineerId = Named(EngineerId),
                Project = Named(Project),
                Outcomes = outcomes.Count > 0 ? outcomes : null,
                From = from.Value,
                To = to.Value?.AddMilliseconds(-1),
            });
    }

    private static string? Named(string? text) => text is { Length: > 0 } ? text : null;
}

/// <summary>GET /sessions and /sessions/{id}.</summary>
internal static class ReadSessions
{
    /// <summary>Lists sessions, the one that began last first. A team or an engineer that the organisation does not have is not found.</summary>
    public static async Task<Results<Ok<PageAnswer<SessionAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] SessionFilter filter, Caller caller, IAgentSessions sessions, FinopsDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var read = filter.Read(caller, time);
        if ((read.Problem ?? (await door.ScopeAsync("team_id", filter.TeamId, cancellationToken)).Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var (page, query) = read.Value;
        if (page.After.Length > 0 && await sessions.FindAsync(ScopeRules.Of(caller), page.After, cancellationToken) is null)
        {
            return PageQuery.NoPlace.ToHttp();
        }

        var found = await sessions.ListAsync(query, page.AndOneMore(), cancellationToken);
        return found.Count == 0 && query.EngineerId is { } engineer && await door.MissesAsync("engineer_id", engineer, cancellationToken) is { } missing
            ? missing.ToHttp()
            : TypedResults.Ok(found.Cut(page, static session => session.Id, SessionAnswer.Of));
    }

    /// <summary>One session, with what it used.</summary>
    public static async Task<Results<Ok<SessionDetailAnswer>, ProblemHttpResult>> FindAsync(
        string id, Caller caller, IAgentSessions sessions, CancellationToken cancellationToken) =>
        await sessions.FindAsync(ScopeRules.Of(caller), id, cancellationToken) is { } session
            ? TypedResults.Ok(SessionDetailAnswer.Tell(session))
            : Problem.NotFound("session").ToHttp();
}
