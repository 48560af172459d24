using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Billing;

/// <summary>What a run was charged, and the calls that it was charged for. Every total is the sum of the lines beside it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Charges">Its rows of the ledger, the oldest first.</param>
/// <param name="Calls">Its calls in the order of time.</param>
public sealed record RunStatement(Run Run, IReadOnlyList<SealedTransaction> Charges, IReadOnlyList<PricedCall> Calls)
{
    /// <summary>What all rows together took; less what was given back.</summary>
    public Credits Charged => Charges.Aggregate(Credits.Zero, static (sum, charge) => sum - charge.Transaction.Delta);

    /// <summary>What of all rows nobody paid; less what was undone of that.</summary>
    public Credits Uncollected => Charges.Aggregate(Credits.Zero, static (sum, charge) => sum + charge.Transaction.Uncollected);

    /// <summary>The tokens of all calls.</summary>
    public TokenCounts Tokens => Calls.Aggregate(default(TokenCounts), static (sum, call) => sum + call.Usage.Tokens);

    /// <summary>The cost of all calls that have a price, class by class.</summary>
    public CostByClass Cost => Calls.Where(RunMeter.IsPriced).Aggregate(default(CostByClass), static (sum, call) => Add(sum, call.Rating.Cost));

    /// <summary>The estimated cost of the calls that have no price of their own; in no other total.</summary>
    public Usd Estimated => Calls.Where(static call => !RunMeter.IsPriced(call)).Aggregate(Usd.Zero, static (sum, call) => sum + call.Rating.Cost.Total);

    /// <summary>How many calls have no price of their own.</summary>
    public long UnpricedCalls => Calls.Count(static call => !RunMeter.IsPriced(call));

    /// <summary>How many calls failed, as far as they tell.</summary>
    public long FailedCalls => Calls.Count(static call => call.Usage.HasFailed);

    /// <summary>How long the calls took, as far as they tell.</summary>
    public long DurationMilliseconds => Calls.Sum(static call => call.Usage.DurationMilliseconds ?? 0);

    private static CostByClass Add(CostByClass left, CostByClass right) => new()
    {
        Input = left.Input + right.Input,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        Output = left.Output + right.Output,
        Modalities = left.Modalities + right.Modalities,
        Units = left.Units + right.Units,
    };
}

/// <summary>Puts the statement of a run together.</summary>
public sealed class StateRun(IRunQueries runs, ILedgerQueries ledger, RunMeter meter)
{
    /// <summary>The most rows of the ledger of a statement.</summary>
    public const int ChargesMax = 10_000;

    /// <summary>The statement of a run within what somebody may see.</summary>
    public async Task<Result<RunStatement>> FindAsync(LedgerQuery visible, string id, CancellationToken cancellationToken)
    {
        if (await VisibleAsync(visible, id, cancellationToken) is not { } run)
        {
            return Problem.NotFound("run");
        }

        var charges = await ledger.TransactionsAsync(visible with { Run = id, Limit = ChargesMax }, cancellationToken);
        var calls = await meter.CallsAsync(visible.Org, id, cancellationToken);
        return calls.Problem is { } problem ? problem : new RunStatement(run, [.. charges.Reverse()], calls.Value);
    }

    /// <summary>Whether a run has a statement within what somebody may see.</summary>
    public async Task<bool> IsVisibleAsync(LedgerQuery visible, string id, CancellationToken cancellationToken) =>
        id.Length > 0 && await VisibleAsync(visible, id, cancellationToken) is not null;

    private async Task<Run?> VisibleAsync(LedgerQuery visible, string id, CancellationToken cancellationToken) =>
        (await runs.RunsAsync(visible with { Id = id, Limit = 1 }, cancellationToken)).SingleOrDefault();
}
