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
internal readonly record struct TransactionFilter
{
    /// <summary>How many.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary><c>grant</c>, <c>charge</c>, <c>capture</c> …</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary><c>usage_billing</c>, <c>admin</c>, <c>hold</c> …</summary>
    [FromQuery(Name = "source")]
    public string? Source { get; init; }

    /// <summary>The cause's id at the source.</summary>
    [FromQuery(Name = "external_id")]
    public string? ExternalId { get; init; }

    /// <summary>The run that they charge.</summary>
    [FromQuery(Name = "run")]
    public string? Run { get; init; }

    /// <summary>Only those that take (true) or give (false).</summary>
    [FromQuery(Name = "debits")]
    public bool? Debits { get; init; }

    /// <summary>Booked from this instant on.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Booked before this instant.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    /// <summary>The page, or what is wrong.</summary>
    public Result<Page> Check(TimeProvider time)
    {
        var fields = new BodyFields(time);
        fields.Text("kind", Kind);
        fields.Text("source", Source);
        fields.Text("external_id", ExternalId);
        fields.Text("run", Run);
        var page = new PageQuery { Limit = Limit, After = After }.Check(static text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return fields.Problem is { } problem ? problem : page;
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
