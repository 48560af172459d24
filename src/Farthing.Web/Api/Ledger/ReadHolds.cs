using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Ledger;

/// <summary>GET /wallets/{id}/holds and /holds/{id}.</summary>
internal static class ReadHolds
{
    /// <summary>Lists the holds of a wallet by id.</summary>
    public static async Task<Results<Ok<PageAnswer<HoldAnswer>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, string? state, LedgerPages pages, ILedgerQueries ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = page.Check(BodyFields.CanBeId);
        var fields = new BodyFields(time);
        var wanted = fields.Word("state", state, HoldState.Open, HoldWords.States);
        if ((asked.Problem ?? fields.Problem ?? (await pages.FindWalletAsync(id, ledger, cancellationToken)).Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var query = pages.All with { Wallet = id, State = state is null ? null : wanted };
        return await pages.ListByIdAsync(query, asked.Value, ledger.HoldsAsync, HoldAnswer.Of, static hold => hold.Id, cancellationToken);
    }

    /// <summary>One hold.</summary>
    public static Task<Results<Ok<HoldAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        pages.ShowAsync(id, "hold", ledger.HoldsAsync, HoldAnswer.Of, cancellationToken);
}
