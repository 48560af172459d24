using System.Globalization;
using System.Runtime.CompilerServices;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Billing;

/// <summary>Which page of which transactions is wanted.</summary>
public sealed record UsageLogRequest
{
    /// <summary>The most transactions on a page.</summary>
    public const int PageSizeMax = 500;

    /// <summary>Whose and of what.</summary>
    public required UsageScope Scope { get; init; }

    /// <summary>Only this wallet; null for all of the organisation.</summary>
    public string? Wallet { get; init; }

    /// <summary>Only transactions that take (true) or give (false); null for both.</summary>
    public bool? Debits { get; init; }

    /// <summary>Which page: 1, 2, 3 …</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many transactions a page has, 1 to <see cref="PageSizeMax"/>.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>A transaction with what it was for.</summary>
/// <param name="Sealed">The transaction in its place in the chain.</param>
public sealed record UsageLogLine(SealedTransaction Sealed)
{
    /// <summary>The call that it charges; null when it charges none or the call is not kept here.</summary>
    public PricedCall? Call { get; init; }

    /// <summary>The run that it charges; null when none.</summary>
    public Run? Run { get; init; }

    /// <summary>The grant that it gives; null when none.</summary>
    public Grant? Grant { get; init; }

    /// <summary>The transaction.</summary>
    public Transaction Transaction => Sealed.Transaction;

    /// <summary>The part of a charge that is the model call at cost.</summary>
    public Credits AtCost => Income(Chart.Passthrough);

    /// <summary>The part of a charge that is on top of it.</summary>
    public Credits Surcharge => Income(Chart.Markup);

    private Credits Income(string account)
    {
        var sum = Credits.Zero;
        foreach (var entry in Transaction.Entries)
        {
            sum = entry.Side == EntrySide.Credit && entry.Account == account ? sum + entry.Amount : sum;
        }

        return sum;
    }
}

/// <summary>One page of the log.</summary>
/// <param name="Lines">The transactions, the newest first.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="Request">What was asked for.</param>
public sealed record UsageLogPage(IReadOnlyList<UsageLogLine> Lines, long Count, UsageLogRequest Request)
{
    /// <summary>How many pages there are; 1 when there is nothing.</summary>
    public long Pages => Math.Max((Count + Request.PageSize - 1) / Request.PageSize, 1);
}

/// <summary>
/// Reads the transactions of wallets together with the calls, runs and grants behind them. The ledger knows no sessions:
/// for a session or a plan the calls in question are looked up first, and what charges them or their runs is shown.
/// </summary>
public sealed class UsageLogs(ILedgerQueries ledger, IRunQueries runs, ISpendQueries spend)
{
    private const int BatchSize = 500;

    /// <summary>A client's clock may be ahead of the ledger's by minutes.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    /// <summary>Reads a page.</summary>
    public async Task<UsageLogPage> ReadAsync(UsageLogRequest request, CancellationToken cancellationToken)
    {
        var scope = request.Scope;
        var query = new LedgerQuery { Org = scope.Org, Wallet = request.Wallet, Debits = request.Debits, From = scope.From };
        var (found, count) = scope is { Session: null, Plan: null }
            ? await TakeAsync(query, request, cancellationToken)
            : await SiftAsync(query, request, await ChargedThings.OfAsync(scope, spend, cancellationToken), cancellationToken);
        var lines = new List<UsageLogLine>(found.Count);
        foreach (var transaction in found)
        {
            lines.Add(await ExplainAsync(transaction, cancellationToken));
        }

        return new(lines, count, request);
    }

    private async Task<(IReadOnlyList<SealedTransaction> Found, long Count)> TakeAsync(
        LedgerQuery query, UsageLogRequest request, CancellationToken cancellationToken)
    {
        var count = await ledger.CountTransactionsAsync(query, cancellationToken);
        var skipped = (long)(request.Page - 1) * request.PageSize;
        var found = count <= skipped
            ? []
            : await WalkAsync(query, skipped + request.PageSize, cancellationToken)
                .Skip((int)Math.Min(skipped, int.MaxValue)).Take(request.PageSize).ToListAsync(cancellationToken);
        return (found, count);
    }

    private async Task<(IReadOnlyList<SealedTransaction> Found, long Count)> SiftAsync(
        LedgerQuery query, UsageLogRequest request, ChargedThings things, CancellationToken cancellationToken)
    {
        var skipped = (long)(request.Page - 1) * request.PageSize;
        var found = new List<SealedTransaction>();
        var count = 0L;
        var from = query.From ?? (things.HasPlan ? null : things.FirstAt - ClockSlack);
        if (things.IsEmpty)
        {
            return (found, count);
        }

        await foreach (var transaction in WalkAsync(query with { From = from }, long.MaxValue, cancellationToken))
        {
            if (things.IsChargedBy(transaction.Transaction))
            {
                if (count >= skipped && found.Count < request.PageSize)
                {
                    found.Add(transaction);
                }

                count++;
            }
        }

        return (found, count);
    }

    /// <summary>Transactions, the newest first, a batch at a time.</summary>
    private async IAsyncEnumerable<SealedTransaction> WalkAsync(
        LedgerQuery query, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var left = most; left > 0;)
        {
            var limit = (int)Math.Min(left, BatchSize);
            var batch = await ledger.TransactionsAsync(query with { Limit = limit }, cancellationToken);
            foreach (var transaction in batch)
            {
                yield return transaction;
            }

            left = batch.Count < limit ? 0 : left - batch.Count;
            query = query with { After = batch.Count == 0 ? query.After : batch[^1].Sequence.ToString(CultureInfo.InvariantCulture) };
        }
    }

    private async Task<UsageLogLine> ExplainAsync(SealedTransaction line, CancellationToken cancellationToken)
    {
        var transaction = line.Transaction;
        var calls = transaction.Event.Length > 0 ? await spend.FindAsync(transaction.Org, transaction.Event, 1, cancellationToken) : [];
        var grants = transaction.Kind == TransactionKind.Grant && GrantOf(transaction) is { } grant
            ? await ledger.GrantsAsync(new() { Org = transaction.Org, Id = grant, Limit = 1 }, cancellationToken)
            : [];
        return new(line)
        {
            Call = calls.Count > 0 ? calls[0] : null,
            Run = transaction.Run.Length > 0 ? await runs.FindRunAsync(transaction.Org, transaction.Run, cancellationToken) : null,
            Grant = grants.Count > 0 ? grants[0].Grant : null,
        };
    }

    private static string? GrantOf(Transaction transaction)
    {
        foreach (var entry in transaction.Entries)
        {
            if (entry.Side == EntrySide.Credit && Chart.FindGrant(entry.Account) is { } grant)
            {
                return grant;
            }
        }

        return null;
    }

    /// <summary>The calls and runs of a session or a plan, by which their charges are known.</summary>
    private sealed class ChargedThings
    {
        private readonly HashSet<string> events = new(StringComparer.Ordinal);
        private readonly HashSet<string> runs = new(StringComparer.Ordinal);
        private string? plan;

        public DateTimeOffset? FirstAt { get; private set; }

        public bool HasPlan => plan is not null;

        public bool IsEmpty => events.Count == 0 && plan is null;

        public static async Task<ChargedThings> OfAsync(UsageScope scope, ISpendQueries spend, CancellationToken cancellationToken)
        {
            // Runs are charged under their plan even when none of their calls was metered here.
            var things = new ChargedThings { plan = scope.Session is null ? scope.Plan : null };
            var calls = scope.Session is null
                ? spend.CallsAsync(scope.ToSpend(), cancellationToken)
                : (await UsageSummaries.SessionCallsAsync(scope, spend, cancellationToken)).ToAsyncEnumerable();
            await foreach (var call in calls.WithCancellation(cancellationToken))
            {
                things.FirstAt ??= call.Usage.OccurredAt;
                things.events.Add(call.Usage.Id.ToString());
                if (call.Usage.Run.Length > 0)
                {
                    things.runs.Add(call.Usage.Run);
                }
            }

            return things;
        }

        public bool IsChargedBy(Transaction transaction) =>
            (transaction.Event.Length > 0 && events.Contains(transaction.Event))
            || (transaction.Run.Length > 0 && (runs.Contains(transaction.Run) || string.Equals(transaction.ExternalId, plan, StringComparison.Ordinal)));
    }
}
