using Farthing.Web.Http;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>GET /wallets/{id}/grants and /grants/{id}.</summary>
internal static class ReadGrants
{
    /// <summary>Lists the grants of a wallet by id.</summary>
    public static async Task<Results<Ok<PageAnswer<GrantAnswer>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken)
    {
        var asked = page.Check(BodyFields.CanBeId);
        if ((asked.Problem ?? (await pages.FindWalletAsync(id, ledger, cancellationToken)).Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var query = pages.All with { Wallet = id };
        return await pages.ListByIdAsync(query, asked.Value, ledger.GrantsAsync, GrantAnswer.Of, static balance => balance.Grant.Id, cancellationToken);
    }

    /// <summary>One grant.</summary>
    public static Task<Results<Ok<GrantAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        pages.ShowAsync(id, "grant", ledger.GrantsAsync, GrantAnswer.Of, cancellationToken);
}
