using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Billing;

/// <summary>Where a run stands. Stored by number, never reordered.</summary>
public enum RunState
{
    /// <summary>It was started.</summary>
    Started,

    /// <summary>It did what it was asked to.</summary>
    Succeeded,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>Somebody stopped it; billed as a failure.</summary>
    Stopped,
}

/// <summary>How the costs that a run reports stand to those of earlier attempts at the same plan. Stored by number.</summary>
public enum AttemptMode
{
    /// <summary>It counts its own costs from zero: a first attempt or a retry.</summary>
    Own,

    /// <summary>It goes on with the counts of the attempts before it: a resume with a cumulative overview.</summary>
    Cumulative,
}

/// <summary>One attempt at a plan. It is charged once, whatever is reported how often.</summary>
public sealed record Run
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Its id, unique in the organisation for ever.</summary>
    public required string Id { get; init; }

    /// <summary>The plan that it attempts; the external id of its ledger rows.</summary>
    public required string Plan { get; init; }

    /// <summary>Which attempt at the plan: 1, 2, 3 …</summary>
    public required int Attempt { get; init; }

    /// <summary>How its costs are counted.</summary>
    public AttemptMode Mode { get; init; }

    /// <summary>Who it is for, as the caller names them; empty when not told.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The wallet that pays; empty when the user is mapped to none, and then nothing is ever charged.</summary>
    public string Wallet { get; init; } = string.Empty;

    /// <summary>How thorough it is, in the caller's word; <c>ping_llm</c> pays no success fee.</summary>
    public string SpeedVsDetail { get; init; } = string.Empty;

    /// <summary>Whether it is free: its cost is reported and not charged.</summary>
    public bool IsFree { get; init; }

    /// <summary>Whether it took the wallet's one free run, which comes back when it fails.</summary>
    public bool TookFreeRun { get; init; }

    /// <summary>Where it stands.</summary>
    public RunState State { get; init; }

    /// <summary>The largest total inference cost reported for it, in its own way of counting.</summary>
    public Usd Reported { get; init; }

    /// <summary>What of <see cref="Reported"/> earlier attempts have been charged for already.</summary>
    public Usd Baseline { get; init; }

    /// <summary>What it was used for, as far as it was told.</summary>
    public RunUses Uses { get; init; } = RunUses.None;

    /// <summary>The success fee that was charged.</summary>
    public Usd SuccessFee { get; init; }

    /// <summary>What was charged until now: taken from its wallet or owed by it.</summary>
    public Credits Charged { get; init; }

    /// <summary>What it cost besides and nobody paid.</summary>
    public Credits Uncollected { get; init; }

    /// <summary>How many charges were made while it ran.</summary>
    public int ProgressCharges { get; init; }

    /// <summary>What was asked for when it was started, so that the same request again is known; only for comparison.</summary>
    public string Asked { get; init; } = string.Empty;

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its key.</summary>
    public LedgerKey Key => new(Org, Id);

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => State != RunState.Started;

    /// <summary>Whether it is charged at all.</summary>
    public bool IsCharged => Wallet.Length > 0 && !IsFree;

    /// <summary>What is not due any more, paid or not.</summary>
    public Credits Settled => Charged + Uncollected;

    /// <summary>The inference cost of this attempt alone; never negative.</summary>
    public Usd Inference => Reported > Baseline ? Reported - Baseline : Usd.Zero;
}
