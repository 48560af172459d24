using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Billing;

/// <summary>What a run cost by our own events.</summary>
/// <param name="Total">The total in the run's own way of counting: with the attempts before it when it goes on from them.</param>
/// <param name="UnpricedCalls">Calls without a price of their own, which are not in the total: an estimate is never charged.</param>
/// <param name="Parts">What of the total was used for what.</param>
public readonly record struct MeteredCost(Usd Total, long UnpricedCalls, IReadOnlyList<RunPart> Parts);

/// <summary>Adds up what the calls of a run cost.</summary>
public sealed class RunMeter(ISpendQueries spend, IRunQueries runs)
{
    /// <summary>The most calls of a run that are added up; a larger run reports its total itself.</summary>
    public const int CallsMax = 100_000;

    /// <summary>What a run cost until now.</summary>
    public async Task<Result<MeteredCost>> SumAsync(string org, string id, CancellationToken cancellationToken)
    {
        if (await runs.FindRunAsync(org, id, cancellationToken) is not { } run)
        {
            return Problem.NotFound("run");
        }

        var calls = await CallsAsync(org, id, cancellationToken);
        return calls.Problem is { } problem ? problem : Sum(run, calls.Value);
    }

    /// <summary>The calls of a run in the order of time.</summary>
    public async Task<Result<List<PricedCall>>> CallsAsync(string org, string id, CancellationToken cancellationToken)
    {
        var calls = await spend.RunCallsAsync(org, id, CallsMax + 1, cancellationToken);
        return calls.Count > CallsMax
            ? Problem.Invalid("total_cost", $"The run has more than {CallsMax} calls; send its total cost.")
            : calls.ToList();
    }

    /// <summary>Whether a call has a price that may be charged.</summary>
    public static bool IsPriced(PricedCall call) => call.Rating.Card.Status.IsPriced();

    private static MeteredCost Sum(Run run, List<PricedCall> calls)
    {
        var total = run.Baseline;
        var unpriced = 0L;
        var parts = run.Uses.All.ToDictionary(static use => (use.Use, use.IsAtOurCost), static use => use.Baseline);
        foreach (var call in calls)
        {
            if (!IsPriced(call))
            {
                unpriced++;
                continue;
            }

            var part = (UseOf(call), !call.Usage.Dimensions.IsPaidByCustomer);
            total += call.Rating.Cost.Total;
            parts[part] = parts.GetValueOrDefault(part) + call.Rating.Cost.Total;
        }

        return new(total, unpriced, [.. parts.Select(static part => new RunPart(part.Key.Item1, part.Key.Item2, part.Value))]);
    }

    /// <summary>What a call was for. Where nobody told the provider, the price is its model's author's, who stands in front of the rate card.</summary>
    private static CreditUse UseOf(PricedCall call)
    {
        var (told, card) = (call.Usage.Dimensions, call.Rating.Card.Model);
        var provider = told.Provider.Length > 0 ? told.Provider : card[..Math.Max(0, card.IndexOf('/', StringComparison.Ordinal))];
        return new(provider, told.Model, told.Project);
    }
}

/// <summary>Finds the wallet that pays for a seller's user.</summary>
public sealed class RunPayers(ILedgerQueries ledger, IRunQueries runs)
{
    /// <summary>
    /// As <see cref="FindAsync"/>, for a run to start. Where the run is there already nobody needs to pay for it again: it is
    /// answered as it was started, whatever wallets the user has by now.
    /// </summary>
    public async Task<Result<string>> FindForAsync(string org, string user, string? run, CancellationToken cancellationToken)
    {
        var payer = await FindAsync(org, user, cancellationToken);
        return payer.Succeeded || run is null || await runs.FindRunAsync(org, run, cancellationToken) is null ? payer : string.Empty;
    }

    /// <summary>
    /// The wallet of a user or engineer; empty when there is none, and then nothing is ever charged. Nobody else pays
    /// instead: no administrator, no organisation.
    /// </summary>
    public async Task<Result<string>> FindAsync(string org, string user, CancellationToken cancellationToken)
    {
        if (user.Length == 0)
        {
            return string.Empty;
        }

        var query = new LedgerQuery { Org = org, Owners = [new(VisibleWallets.UserKind, user), new(VisibleWallets.EngineerKind, user)], Limit = 2 };
        return await ledger.WalletsAsync(query, cancellationToken) switch
        {
            [] => string.Empty,
            [var only] => only.Wallet.Id,
            _ => new Problem(ProblemKind.Invalid, "ambiguous_wallet", "This user has several wallets; name the one that pays as 'wallet'.", "user"),
        };
    }
}
