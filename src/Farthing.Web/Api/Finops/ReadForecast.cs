using Farthing.Web.Http;
using Farthing.Workflows.Forecasting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Finops;

/// <summary><c>GET /finops/forecast</c>: Primer's line, or with <c>method=auto</c> the forecast to act upon.</summary>
internal static class ReadForecast
{
    public static async Task<Results<Ok<ForecastAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FinopsQuery query,
        [FromQuery(Name = "forecast_days")] string? forecastDays,
        [FromQuery(Name = "method")] string? method,
        [FromQuery(Name = "overlay")] string[]? overlay,
        FinopsDoor door,
        ForecastSpend forecasts,
        CancellationToken cancellationToken)
    {
        var days = FinopsWords.ForecastDays(forecastDays);
        var isAuto = FinopsWords.Word("method", method, ("ols", false), ("auto", true));
        var events = FinopsWords.Overlays(overlay);
        var range = await door.RangeAsync(query, cancellationToken);
        if ((days.Problem ?? isAuto.Problem ?? events.Problem ?? range.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var request = new ForecastRequest { Range = range.Value, Days = days.Value, Events = events.Value };
        var forecast = await forecasts.ForecastAsync(request, cancellationToken);
        return TypedResults.Ok(isAuto.Value ? ForecastAnswer.OfBest(forecast) : ForecastAnswer.OfLine(forecast));
    }
}
