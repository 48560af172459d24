using Farthing.Web.Http;
using Farthing.Workflows.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Finops;

/// <summary><c>GET /finops/cache</c>: what caching saved and what more it could save.</summary>
internal static class ReadCaching
{
    public static async Task<Results<Ok<CacheAnswer>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FinopsQuery query,
        [FromQuery(Name = "diagnose")] string? diagnose,
        FinopsDoor door,
        AnalyzeCaching analyze,
        DiagnoseCaching look,
        CancellationToken cancellationToken)
    {
        var isAsked = FinopsWords.Flag("diagnose", diagnose);
        var range = await door.RangeAsync(query, cancellationToken);
        if ((isAsked.Problem ?? range.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var report = await analyze.AnalyzeAsync(range.Value, cancellationToken);
        var diagnosis = isAsked.Value ? await look.DiagnoseAsync(range.Value, cancellationToken) : null;
        return TypedResults.Ok(CacheAnswer.Of(report, diagnosis));
    }
}
