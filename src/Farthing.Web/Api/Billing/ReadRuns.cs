using Farthing.Web.Api.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Billing;

/// <summary>GET /runs and /runs/{id}.</summary>
internal static class ReadRuns
{
    /// <summary>Lists runs, the newest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="plan">Only the attempts at this plan.</param>
    /// <param name="wallet">Only those that this wallet pays for.</param>
    /// <param name="pages">What the caller may see.</param>
    /// <param name="runs">Reads.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Results<Ok<PageAnswer<RunAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, string? plan, string? wallet, LedgerPages pages, IRunQueries runs, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = page.Check(BodyFields.CanBeId);
        var fields = new BodyFields(time);
        fields.Text("plan", plan);
        fields.Text("wallet", wallet);
        if ((asked.Problem ?? fields.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var query = pages.All with { ExternalId = plan, Wallet = wallet };
        return await pages.ListByIdAsync(query, asked.Value, runs.RunsAsync, RunAnswer.Of, static run => run.Id, cancellationToken);
    }

    /// <summary>One run.</summary>
    public static Task<Results<Ok<RunAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, IRunQueries runs, CancellationToken cancellationToken) =>
        pages.ShowAsync(id, "run", runs.RunsAsync, RunAnswer.Of, cancellationToken);
}
