using System.Globalization;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Ledger;

/// <summary>Which transactions are asked for. What is left out restricts nothing.</summary>
/// <param name="Limit">How many.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
/// <param name="Kind"><c>grant</c>, <c>charge</c>, <c>capture</c> …</param>
/// <param name="Source"><c>usage_billing</c>, <c>admin</c>, <c>hold</c> …</param>
/// <param name="ExternalId">The cause's id at the source.</param>
/// <param name="Run">The run that they charge.</param>
/// <param name="Debits">Only those that take (true) or give (false).</param>
/// <param name="From">Booked from this instant on.</param>
/// <param name="To">Booked before this instant.</param>
internal readonly record struct TransactionFilter(
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "after")] string? After,
    [FromQuery(Name = "kind")] string? Kind,
    [FromQuery(Name = "source")] string? Source,
    [FromQuery(Name = "external_id")] string? ExternalId,
    [FromQuery(Name = "run")] string? Run,
    [FromQuery(Name = "debits")] bool? Debits,
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To)
{
    /// <summary>The page, or what is wrong.</summary>
    public Result<Page> Check(TimeProvider time)
    {
        var fields = new BodyFields(time);
        fields.Text("kind", Kind);
        fields.Text("source", Source);
        fields.Text("external_id", ExternalId);
        fields.Text("run", Run);
        if (After is { Length: > 0 } && !long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            fields.Refuse("after", "This is no place in a list; take the 'next' of the page before.");
        }

        return fields.Problem is { } problem ? problem : new PageQuery(Limit, After).Check();
    }

    /// <summary>Narrows a query.</summary>
    public LedgerQuery ApplyTo(LedgerQuery query) => query with
    {
        Kind = Kind,
        Source = Source,
        ExternalId = ExternalId,
        Run = Run,
        Debits = Debits,
        From = From?.ToUniversalTime(),
        To = To?.ToUniversalTime(),
    };
}

/// <summary>GET /transactions, /transactions/{id} and /wallets/{id}/transactions.</summary>
internal static class ReadTransactions
{
    /// <summary>Lists transactions, the newest first.</summary>
    public static async Task<Results<Ok<PageAnswer<TransactionAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] TransactionFilter filter, LedgerPages pages, ILedgerQueries ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = filter.Check(time);
        return asked.Problem is { } problem
            ? problem.ToHttp()
            : await ListAsync(filter.ApplyTo(pages.All), asked.Value, ledger, cancellationToken);
    }

    /// <summary>Lists the transactions of a wallet, the newest first.</summary>
    public static async Task<Results<Ok<PageAnswer<TransactionAnswer>>, ProblemHttpResult>> ListOfWalletAsync(
        string id, [AsParameters] TransactionFilter filter, LedgerPages pages, ILedgerQueries ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = filter.Check(time);
        if ((asked.Problem ?? (await pages.FindWalletAsync(id, ledger, cancellationToken)).Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        return await ListAsync(filter.ApplyTo(pages.All) with { Wallet = id }, asked.Value, ledger, cancellationToken);
    }

    /// <summary>One transaction.</summary>
    public static Task<Results<Ok<TransactionAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        pages.ShowAsync(id, "transaction", ledger.TransactionsAsync, TransactionAnswer.Of, cancellationToken);

    private static Task<Results<Ok<PageAnswer<TransactionAnswer>>, ProblemHttpResult>> ListAsync(
        LedgerQuery query, Page page, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        LedgerPages.ListAsync(
            query, page, ledger.TransactionsAsync, TransactionAnswer.Of, static link => link.Sequence.ToString(CultureInfo.InvariantCulture), cancellationToken);
}
