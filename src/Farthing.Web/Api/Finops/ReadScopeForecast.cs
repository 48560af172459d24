using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Finops;

/// <summary>Which scope is to be forecast.</summary>
internal readonly record struct ScopeForecastQuery
{
    /// <summary><c>org</c> (unless told), <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>.</summary>
    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    /// <summary>Which one; not with <c>org</c>.</summary>
    [FromQuery(Name = "id")]
    public string? Id { get; init; }

    /// <summary>Within which team; without a scope, the team itself. Only those who see the whole organisation choose one, for others it changes nothing.</summary>
    [FromQuery(Name = "team_id")]
    public string? TeamId { get; init; }

    /// <summary>What its parts are: <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>; none unless told.</summary>
    [FromQuery(Name = "by")]
    public string? By { get; init; }

    /// <summary>How many days, 1 to 365; 30 unless told.</summary>
    [FromQuery(Name = "forecast_days")]
    public string? ForecastDays { get; init; }

    /// <summary>What is known to come: FIRST_DAY,LAST_DAY,FACTOR,ADDED_PER_DAY.</summary>
    [FromQuery(Name = "overlay")]
    public string[]? Overlay { get; init; }
}

/// <summary><c>GET /forecasts</c>: the forecast of any scope, and of its parts scaled to it.</summary>
internal static class ReadScopeForecast
{
    private static readonly Problem NoId = Problem.Invalid("id", "'id' says which team, project, engineer or model is meant; only 'scope=org' has none.");
    private static readonly Problem LongId = Problem.Invalid("id", $"'id' has at most {WebLimits.TextLengthMax} characters.");

    private static readonly Problem WholeOrg = Problem.Invalid("team_id", "'scope=org' is the whole organisation; leave it or 'team_id' out.");
    private static readonly Problem TwoTeams = Problem.Invalid("team_id", "'team_id' and 'id' name two teams; leave one of them out.");

    public static async Task<Results<Ok<ScopeForecastAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ScopeForecastQuery query, FinopsDoor door, ForecastScopes forecasts, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var request = await RequestOfAsync(query, door, cancellationToken);
        if (request.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var forecast = await forecasts.ForecastAsync(request.Value, cancellationToken);
        if (request.Value.Level == ForecastLevel.Engineer && forecast.History.Count == 0 && await door.MissesAsync("id", request.Value.Id, cancellationToken) is { } missing)
        {
            return missing.ToHttp();
        }

        var (word, id) = ScopeOf(query, request.Value);
        return TypedResults.Ok(ScopeForecastAnswer.Of(forecast, word, id, calendar.Zone));
    }

    /// <summary>Whose the figures are: of who may not see the whole organisation, all is their team's or their own.</summary>
    private static (string Word, string Id) ScopeOf(ScopeForecastQuery query, ScopeRequest request) => (request.Level, request.Within.Reach) switch
    {
        (ForecastLevel.Org, ScopeReach.Team) => ("team", request.Within.Id),
        (ForecastLevel.Org, ScopeReach.Engineer) => ("engineer", request.Within.Id),
        (ForecastLevel.Team, _) => ("team", request.Id),
        _ => (query.Scope ?? "org", request.Id),
    };

    private static async Task<Result<ScopeRequest>> RequestOfAsync(ScopeForecastQuery query, FinopsDoor door, CancellationToken cancellationToken)
    {
        var team = query.TeamId is { Length: > 0 } && door.ChoosesTeam ? query.TeamId : null;
        var level = FinopsWords.Word(
            "scope", query.Scope ?? (team is null ? null : "team"), ("org", ForecastLevel.Org), ("team", ForecastLevel.Team), ("project", ForecastLevel.Project),
            ("engineer", ForecastLevel.Engineer), ("model", ForecastLevel.Model));
        var hasParts = query.By is { Length: > 0 };
        var by = FinopsWords.Word(
            "by", hasParts ? query.By : null, ("team", ForecastLevel.Team), ("project", ForecastLevel.Project), ("engineer", ForecastLevel.Engineer),
            ("model", ForecastLevel.Model));
        var days = FinopsWords.ForecastDays(query.ForecastDays);
        var events = FinopsWords.Overlays(query.Overlay);
        if ((level.Problem ?? by.Problem ?? days.Problem ?? events.Problem) is { } unreadable)
        {
            return unreadable;
        }

        var id = query.Id is { Length: > 0 } ? query.Id : level.Value == ForecastLevel.Team ? team ?? string.Empty : string.Empty;
        if ((CheckId(level.Value, id) ?? CheckTeam(level.Value, id, team)) is { } problem)
        {
            return problem;
        }

        var isTeam = level.Value == ForecastLevel.Team;
        var scope = await door.ScopeAsync(isTeam && team is null ? "id" : "team_id", isTeam ? id : team, cancellationToken);
        return scope.Problem is { } refused
            ? refused
            : new ScopeRequest { Within = scope.Value, Level = level.Value, Id = id, By = hasParts ? by.Value : null, Days = days.Value, Events = events.Value };
    }

    private static Problem? CheckId(ForecastLevel level, string id) =>
        id.Length > WebLimits.TextLengthMax ? LongId : (id.Length == 0) == (level == ForecastLevel.Org) ? null : NoId;

    private static Problem? CheckTeam(ForecastLevel level, string id, string? team) => level switch
    {
        _ when team is null => null,
        ForecastLevel.Org => WholeOrg,
        ForecastLevel.Team when id != team => TwoTeams,
        _ => null,
    };
}
