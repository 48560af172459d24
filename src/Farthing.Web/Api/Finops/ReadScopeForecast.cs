using Farthing.Web.Http;
using Farthing.Workflows;
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

    public static async Task<Results<Ok<ScopeForecastAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ScopeForecastQuery query, FinopsDoor door, ForecastScopes forecasts, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var request = await RequestOfAsync(query, door, cancellationToken);
        if (request.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var forecast = await forecasts.ForecastAsync(request.Value, cancellationToken);
        return TypedResults.Ok(ScopeForecastAnswer.Of(forecast, query.Scope ?? "org", request.Value.Id, calendar.Zone));
    }

    private static async Task<Result<ScopeRequest>> RequestOfAsync(ScopeForecastQuery query, FinopsDoor door, CancellationToken cancellationToken)
    {
        var level = FinopsWords.Word(
            "scope", query.Scope, ("org", ForecastLevel.Org), ("team", ForecastLevel.Team), ("project", ForecastLevel.Project),
            ("engineer", ForecastLevel.Engineer), ("model", ForecastLevel.Model));
        var by = FinopsWords.Word(
            "by", query.By ?? string.Empty, (string.Empty, (ForecastLevel?)null), ("team", ForecastLevel.Team), ("project", ForecastLevel.Project),
            ("engineer", ForecastLevel.Engineer), ("model", ForecastLevel.Model));
        var days = FinopsWords.ForecastDays(query.ForecastDays);
        var events = FinopsWords.Overlays(query.Overlay);
        var id = query.Id ?? string.Empty;
        if ((level.Problem ?? by.Problem ?? days.Problem ?? events.Problem ?? CheckId(level.Succeeded ? level.Value : default, id)) is { } problem)
        {
            return problem;
        }

        var scope = await door.ScopeAsync("id", level.Value == ForecastLevel.Team ? id : null, cancellationToken);
        return scope.Problem is { } refused
            ? refused
            : new ScopeRequest { Within = scope.Value, Level = level.Value, Id = id, By = by.Value, Days = days.Value, Events = events.Value };
    }

    private static Problem? CheckId(ForecastLevel level, string id) =>
        id.Length > WebLimits.TextLengthMax ? LongId : (id.Length == 0) == (level == ForecastLevel.Org) ? null : NoId;
}
