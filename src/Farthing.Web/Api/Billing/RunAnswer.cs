using Farthing.Domain.Billing;
using Farthing.Domain.Money;
using Farthing.Workflows.Billing;

namespace Farthing.Web.Api.Billing;

/// <summary>Where the cost of a run comes from.</summary>
/// <param name="Total">The total until now, in the run's own way of counting.</param>
/// <param name="Source"><c>metered</c>, <c>total_cost</c> or <c>activity_overview</c>.</param>
/// <param name="Flag">Why an overview counted as nothing; null when it did not.</param>
/// <param name="UnpricedCalls">Metered calls that have no price of their own and so were not charged.</param>
/// <param name="Parts">What of the total was used for what, as far as it is told.</param>
internal sealed record RunCost(Usd Total, string Source, string? Flag, long UnpricedCalls, IReadOnlyList<RunPart> Parts);

/// <summary>A run with what it costs.</summary>
internal sealed record RunAnswer
{
    public required string Id { get; init; }

    public required string Plan { get; init; }

    /// <summary>Which attempt at the plan: 1, 2, 3 …</summary>
    public required int Attempt { get; init; }

    public required string Mode { get; init; }

    public required string User { get; init; }

    /// <summary>The wallet that pays; null when nobody does.</summary>
    public required string? Wallet { get; init; }

    public required string State { get; init; }

    public required string SpeedVsDetail { get; init; }

    /// <summary>Whether it is charged at all.</summary>
    public required bool Charged { get; init; }

    /// <summary>Why it is not charged: <c>no_wallet</c>, <c>free_plan</c>, <c>billing_skip_usage_charge</c>; null when it is.</summary>
    public required string? NotChargedBecause { get; init; }

    /// <summary>The inference cost of this attempt, in dollars, charged or not.</summary>
    public required string BillingUsageCostUsd { get; init; }

    /// <summary>The success fee, in dollars.</summary>
    public required string SuccessFeeUsd { get; init; }

    /// <summary>Both, as far as they are charged.</summary>
    public required string TotalChargeUsd { get; init; }

    /// <summary>What was charged until now, in credits: taken from the wallet or owed by it.</summary>
    public required string ChargedCredits { get; init; }

    /// <summary>What it cost besides and nobody paid, in credits; both together are the total charge.</summary>
    public required string UncollectedCredits { get; init; }

    /// <summary>Whether this request charged anything; null where nothing could be.</summary>
    public bool? Applied { get; init; }

    /// <summary>What this request gave back of earlier charges, in credits; null when nothing.</summary>
    public string? GivenBackCredits { get; init; }

    /// <summary>The balance of the wallet after this request; null where it was not asked for or nobody pays.</summary>
    public string? WalletBalance { get; init; }

    /// <summary>Where the cost comes from: <c>metered</c>, <c>total_cost</c> or <c>activity_overview</c>.</summary>
    public string? CostSource { get; init; }

    /// <summary>Why an overview counted as nothing.</summary>
    public string? CostFlag { get; init; }

    /// <summary>Metered calls that have no price of their own and so were not charged.</summary>
    public long? UnpricedCalls { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Tells a run as it stands.</summary>
    public static RunAnswer Of(Run run) => new()
    {
        Id = run.Id,
        Plan = run.Plan,
        Attempt = run.Attempt,
        Mode = RunWords.Modes.Single(entry => entry.Meaning == run.Mode).Word,
        User = run.User,
        Wallet = run.Wallet.Length > 0 ? run.Wallet : null,
        State = RunWords.States.Single(entry => entry.Meaning == run.State).Word,
        SpeedVsDetail = run.SpeedVsDetail,
        Charged = run.IsCharged,
        NotChargedBecause = run switch
        {
            { Wallet.Length: 0 } => "no_wallet",
            { IsFree: true, TookFreeRun: true } => "free_plan",
            { IsFree: true } => "billing_skip_usage_charge",
            _ => null,
        },
        BillingUsageCostUsd = run.Inference.ToString(),
        SuccessFeeUsd = run.SuccessFee.ToString(),
        TotalChargeUsd = (run.IsCharged ? run.Inference + run.SuccessFee : Usd.Zero).ToString(),
        ChargedCredits = run.Charged.ToString(),
        UncollectedCredits = run.Uncollected.ToString(),
        StartedAt = run.StartedAt,
        CompletedAt = run.CompletedAt,
    };

    /// <summary>Tells a run after a step of it.</summary>
    public static RunAnswer Of(Run run, RunStep step, RunCost? cost) => Of(run) with
    {
        Applied = step.Applied,
        GivenBackCredits = step.GivenBack > Credits.Zero ? step.GivenBack.ToString() : null,
        WalletBalance = step.Payer?.Balance.ToString(),
        CostSource = cost?.Source,
        CostFlag = cost?.Flag,
        UnpricedCalls = cost?.UnpricedCalls,
    };
}

/// <summary>The words of runs.</summary>
internal static class RunWords
{
    /// <summary>How costs are counted.</summary>
    public static IReadOnlyList<(string Word, AttemptMode Meaning)> Modes { get; } = [("own", AttemptMode.Own), ("cumulative", AttemptMode.Cumulative)];

    /// <summary>How a run can end.</summary>
    public static IReadOnlyList<(string Word, RunState Meaning)> Outcomes { get; } =
        [("succeeded", RunState.Succeeded), ("failed", RunState.Failed), ("stopped", RunState.Stopped)];

    /// <summary>Where a run can stand.</summary>
    public static IReadOnlyList<(string Word, RunState Meaning)> States { get; } = [("started", RunState.Started), .. Outcomes];
}
