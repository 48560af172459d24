using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Billing;

/// <summary>What a seller asks for runs. The defaults are PlanExe's.</summary>
/// <param name="SuccessFee">The fee for a run that succeeded.</param>
/// <param name="CentsPerCredit">The price of one credit in US cents; positive.</param>
/// <param name="CreditsToStart">What a wallet must hold for a run to start.</param>
public sealed record RunPrices(Usd SuccessFee, int CentsPerCredit, Credits CreditsToStart)
{
    /// <summary>One dollar a success, a dollar a credit, two credits to start.</summary>
    public static RunPrices Default { get; } =
        new(new Usd(Usd.PicodollarsPerCent * 100L), 100, new(2 * Credits.NanocreditsPerCredit));
}

/// <summary>What is charged for a run at one moment.</summary>
/// <param name="Inference">The part for model calls, in credits.</param>
/// <param name="SuccessFee">The part for the success, in credits.</param>
/// <param name="FeeUsd">The success fee in dollars.</param>
/// <param name="IsMarker">Whether a row without an amount is posted, because everything was charged before.</param>
public readonly record struct RunCharge(Credits Inference, Credits SuccessFee, Usd FeeUsd, bool IsMarker)
{
    /// <summary>Both parts.</summary>
    public Credits Total => Inference + SuccessFee;

    /// <summary>What of the inference was used for what; adds up to it.</summary>
    public IReadOnlyList<UseShare> Shares
    {
        get => field ?? [];
        init;
    }

    /// <summary>What it consists of, and what of that is owed to providers.</summary>
    public ChargeParts Parts => new ChargeParts(Inference, Credits.Zero, SuccessFee).OwedFor(Shares);

    /// <summary>What of it an amount can pay: model calls first.</summary>
    public RunCharge UpTo(Credits amount)
    {
        var inference = Inference < amount ? Inference : amount;
        var left = amount - inference;
        return this with { Inference = inference, SuccessFee = SuccessFee < left ? SuccessFee : left, Shares = SharesOf(inference) };
    }

    /// <summary>Whether there is anything to post.</summary>
    public bool IsPosted => Total > Credits.Zero || IsMarker;

    private IReadOnlyList<UseShare> SharesOf(Credits inference)
    {
        if (inference == Inference || Shares.Count == 0)
        {
            return Shares;
        }

        var amounts = Rounding.Share(inference.Nanocredits, [.. Shares.Select(static share => (Int128)share.Amount.Nanocredits)]);
        return [.. Shares.Select((share, index) => share with { Amount = new(amounts[index]) }).Where(static share => share.Amount > Credits.Zero)];
    }
}

/// <summary>
/// PlanExe's rules of charging runs. A run pays its inference and, when it succeeded and was no mere ping, a fee; the sum is
/// turned into credits once, half-even to nine decimals, and what was charged while it ran is taken off.
/// </summary>
public static class RunCharging
{
    /// <summary>The source of charges at the end of a run.</summary>
    public const string FinalSource = "usage_billing";

    /// <summary>The source of charges while a run goes on.</summary>
    public const string ProgressSource = "usage_billing_progress";

    /// <summary>Why a run that succeeded is charged.</summary>
    public const string SucceededReason = "plan_created_with_usage_cost";

    /// <summary>Why a run that failed or was stopped is charged.</summary>
    public const string FailedReason = "plan_failed_usage_cost";

    /// <summary>Why a run is charged while it goes on.</summary>
    public const string ProgressReason = "plan_usage_in_progress";

    /// <summary>Why what was charged on the way comes back: the caller made the run free at its end.</summary>
    public const string SkippedReason = "usage_charge_skipped";

    private const string Ping = "ping_llm";

    /// <summary>
    /// What of a new attempt's counts earlier attempts at the same plan have been charged for already: a resume goes on from
    /// where the attempt just before it stood, or began when that one told nothing.
    /// </summary>
    /// <param name="mode">How the new attempt counts.</param>
    /// <param name="attempts">The earlier attempts in their order.</param>
    public static Usd BaselineOf(AttemptMode mode, IReadOnlyList<Run> attempts) =>
        mode == AttemptMode.Cumulative && attempts is [.., var last] ? last.Baseline + last.Inference : Usd.Zero;

    /// <summary>The uses with which a new attempt begins: those of the attempt that it goes on from.</summary>
    /// <param name="mode">How the new attempt counts.</param>
    /// <param name="attempts">The earlier attempts in their order.</param>
    public static RunUses UsesOf(AttemptMode mode, IReadOnlyList<Run> attempts) =>
        mode == AttemptMode.Cumulative && attempts is [.., var last] ? last.Uses.GoneOn() : RunUses.None;

    /// <summary>Takes over a total that was reported; a smaller one than before changes nothing, because costs only grow.</summary>
    /// <param name="run">The run.</param>
    /// <param name="total">What it cost until now.</param>
    /// <param name="parts">What of that was used for what, as far as it is told.</param>
    public static Run Report(Run run, Usd total, IReadOnlyList<RunPart> parts) =>
        total < run.Reported ? run : run with { Reported = total, Uses = run.Uses.Report(parts) };

    /// <summary>Notes what was posted for a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="total">How much was posted.</param>
    /// <param name="uncollected">How much of it nobody paid.</param>
    /// <param name="shares">What of it was for which use.</param>
    public static Run Settle(Run run, Credits total, Credits uncollected, IReadOnlyList<UseShare> shares) =>
        run with { Charged = run.Charged + total - uncollected, Uncollected = run.Uncollected + uncollected, Uses = run.Uses.Settle(shares) };

    /// <summary>What is to be charged now, while the run goes on.</summary>
    public static RunCharge Progress(Run run, RunPrices prices)
    {
        var due = Due(run, Usd.Zero, prices);
        var inference = due > Credits.Zero ? due : Credits.Zero;
        return new(inference, Credits.Zero, Usd.Zero, IsMarker: false) { Shares = SharesOf(run, inference, prices) };
    }

    /// <summary>What is to be charged at the end.</summary>
    /// <param name="run">The run with everything that was reported.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="prices">The seller's prices.</param>
    public static RunCharge Final(Run run, RunState outcome, RunPrices prices)
    {
        var fee = FeeOf(run, outcome, prices);
        var due = Due(run, fee, prices);
        if (due <= Credits.Zero)
        {
            return new(Credits.Zero, Credits.Zero, fee, IsMarker: run.IsCharged && run.Settled > Credits.Zero);
        }

        var feeCredits = Credits.FromUsd(fee, prices.CentsPerCredit);
        var feePart = feeCredits < due ? feeCredits : due;
        return new(due - feePart, feePart, fee, IsMarker: false) { Shares = SharesOf(run, due - feePart, prices) };
    }

    /// <summary>The success fee of a run in dollars; nothing for one that failed, is free, or only pinged a model.</summary>
    public static Usd FeeOf(Run run, RunState outcome, RunPrices prices) =>
        outcome == RunState.Succeeded && run.IsCharged && !string.Equals(run.SpeedVsDetail, Ping, StringComparison.OrdinalIgnoreCase)
            ? prices.SuccessFee
            : Usd.Zero;

    /// <summary>The reason of the last charge.</summary>
    public static string ReasonOf(RunState outcome) => outcome == RunState.Succeeded ? SucceededReason : FailedReason;

    private static IReadOnlyList<UseShare> SharesOf(Run run, Credits inference, RunPrices prices) =>
        run.Uses.Share(inference, run.Inference, Credits.FromUsd(run.Inference, prices.CentsPerCredit));

    private static Credits Due(Run run, Usd fee, RunPrices prices) =>
        run.IsCharged ? Credits.FromUsd(run.Inference + fee, prices.CentsPerCredit) - run.Settled : Credits.Zero;
}
