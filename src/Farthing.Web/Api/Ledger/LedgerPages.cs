using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Ledger;

/// <summary>Reads the ledger for a caller: what they may see is a part of every query, never of what is done with its answer.</summary>
internal sealed class LedgerPages(Caller caller)
{
    /// <summary>The query of everything that the caller may see.</summary>
    public LedgerQuery All => VisibleWallets.Of(caller);

    /// <summary>One thing of everything that the caller may see.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="what">What it is called.</param>
    /// <param name="read">Reads things of its kind.</param>
    /// <param name="narrow">Makes the query one of that id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<T>> FindAsync<T>(
        string id, string what, Func<LedgerQuery, CancellationToken, Task<IReadOnlyList<T>>> read, Func<LedgerQuery, LedgerQuery> narrow, CancellationToken cancellationToken)
    {
        if (!BodyFields.CanBeId(id))
        {
            return Problem.NotFound(what);
        }

        var found = await read(narrow(All) with { Limit = 1 }, cancellationToken);
        return found is [var one, ..] ? one : Problem.NotFound(what);
    }

    /// <summary>A wallet that the caller may see.</summary>
    public Task<Result<WalletBalance>> FindWalletAsync(string id, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        FindAsync(id, "wallet", ledger.WalletsAsync, query => query with { Wallet = id }, cancellationToken);

    /// <summary>One thing of everything that the caller may see, told.</summary>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> ShowAsync<T, TAnswer>(
        string id, string what, Func<LedgerQuery, CancellationToken, Task<IReadOnlyList<T>>> read, Func<T, TAnswer> answer, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, what, read, query => query with { Id = id }, cancellationToken);
        return found.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(answer(found.Value));
    }

    /// <summary>A page of a list of things whose ids others may choose. A place in it is the id of a thing that the caller may see; none is ever deleted.</summary>
    /// <param name="query">Which things.</param>
    /// <param name="page">Which page of them.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="answer">How one is told.</param>
    /// <param name="id">The id of one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Results<Ok<PageAnswer<TAnswer>>, ProblemHttpResult>> ListByIdAsync<T, TAnswer>(
        LedgerQuery query, Page page, Func<LedgerQuery, CancellationToken, Task<IReadOnlyList<T>>> read, Func<T, TAnswer> answer, Func<T, string> id, CancellationToken cancellationToken) =>
        page.After.Length > 0 && (await read(All with { Id = page.After, Limit = 1 }, cancellationToken)).Count == 0
            ? PageQuery.NoPlace.ToHttp()
            : await ListAsync(query, page, read, answer, id, cancellationToken);

    /// <summary>A page of a list; one more than asked for tells whether there is a next one.</summary>
    /// <param name="query">Which things.</param>
    /// <param name="page">Which page of them.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="answer">How one is told.</param>
    /// <param name="place">Where a list goes on behind one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Results<Ok<PageAnswer<TAnswer>>, ProblemHttpResult>> ListAsync<T, TAnswer>(
        LedgerQuery query, Page page, Func<LedgerQuery, CancellationToken, Task<IReadOnlyList<T>>> read, Func<T, TAnswer> answer, Func<T, string> place, CancellationToken cancellationToken)
    {
        var found = await read(query with { Limit = page.AndOneMore().Limit, After = page.After.Length > 0 ? page.After : null }, cancellationToken);
        return TypedResults.Ok(found.Cut(page, place, answer));
    }
}
