using System.Text.Json;
using Farthing.Web.Api.Finops;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Planning;

namespace Farthing.Web.Api;

/// <summary>
/// What the endpoints of finops answer, as the bytes that their clients receive: for commands that read a store themselves
/// and show the same as over a server.
/// </summary>
public static class FinopsJson
{
    /// <summary>The body of <c>GET /finops/cache</c>.</summary>
    public static byte[] Of(CachingReport report, CachingDiagnosis? diagnosis) =>
        JsonSerializer.SerializeToUtf8Bytes(CacheAnswer.Of(report, diagnosis), ApiJson.Default.CacheAnswer);

    /// <summary>The body of <c>GET /finops/plans</c>.</summary>
    public static byte[] Of((CostModel Band, CostModel Cheapest) models) => JsonSerializer.SerializeToUtf8Bytes(PlansAnswer.Of(models), ApiJson.Default.PlansAnswer);

    /// <summary>The body of <c>GET /finops/forecast</c> with Primer's line.</summary>
    public static byte[] OfLine(SpendForecast forecast) => JsonSerializer.SerializeToUtf8Bytes(ForecastAnswer.OfLine(forecast), ApiJson.Default.ForecastAnswer);

    /// <summary>The body of <c>GET /forecasts</c>.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="scope">The word of its scope.</param>
    /// <param name="id">Which one; empty for all.</param>
    /// <param name="zone">Whose days are meant.</param>
    public static byte[] Of(ScopeForecast forecast, string scope, string id, TimeZoneInfo zone) =>
        JsonSerializer.SerializeToUtf8Bytes(ScopeForecastAnswer.Of(forecast, scope, id, zone), ApiJson.Default.ScopeForecastAnswer);
}
