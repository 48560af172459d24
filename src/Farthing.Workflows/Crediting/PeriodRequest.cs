using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>A step in the life of a month. Every step is a marker in the chain, so that nobody takes one without a trace.</summary>
/// <typeparam name="T">What it answers when it is not refused.</typeparam>
public abstract class PeriodRequest<T> : LedgerRequest<T>
{
    /// <summary>The month.</summary>
    public required AccountingMonth Month { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys) => keys.Chains.Add(Org);

    /// <summary>That the month is not over: its books still grow.</summary>
    protected Problem? RefuseUnlessOver(LedgerUnit unit) => Month < AccountingMonth.Of(unit.Now(Org))
        ? null
        : new(ProblemKind.Conflict, "period_not_over", "Only a month that is over can be closed.", "month");

    /// <summary>That the month is closed already, by itself or with a later one.</summary>
    protected Problem? RefuseWhenClosed(LedgerUnit unit) => unit.StateOf(Org, Month) == PeriodState.Closed
        ? new(ProblemKind.Conflict, "period_closed", $"The month {Month} is closed already.", "month")
        : null;

    /// <summary>The marker of the next step.</summary>
    protected Transaction Marker(LedgerUnit unit, string kind, string memo = "", string reason = "")
    {
        var now = unit.Now(Org);
        return new()
        {
            Org = Org,
            Key = $"{kind}/{Month}/{unit.PeriodOf(Org, Month).Step + 1}",
            Kind = kind,
            Wallet = string.Empty,
            Source = "period",
            ExternalId = Month.ToString(),
            Reason = reason,
            Actor = Actor,
            Memo = memo,
            BookedAt = now,
            ServiceAt = now,
            Delta = Credits.Zero,
            BalanceAfter = Credits.Zero,
            Entries = [],
        };
    }
}

/// <summary>Closes a month that is over for everybody but finance. A month that is so already is answered as it is.</summary>
public sealed class SoftClosePeriod : PeriodRequest<LedgerPeriod>
{
    /// <inheritdoc/>
    protected override Result<LedgerPeriod> Perform(LedgerUnit unit) =>
        (RefuseUnlessOver(unit) ?? RefuseWhenClosed(unit)) is { } problem ? problem
        : unit.PeriodOf(Org, Month) is { State: PeriodState.SoftClosed } known ? Again(known)
        : unit.Step(Org, Month, Marker(unit, TransactionKind.PeriodSoftClose));
}

/// <summary>
/// Opens a closed month to finance again, when two persons want it: the first who asks is written down, the second, who is
/// somebody else, opens it. Asked again by the same person nothing happens.
/// </summary>
public sealed class ReopenPeriod : PeriodRequest<LedgerPeriod>
{
    /// <summary>Why; told to whoever reads the books.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <inheritdoc/>
    protected override Result<LedgerPeriod> Perform(LedgerUnit unit)
    {
        if (unit.StateOf(Org, Month) != PeriodState.Closed)
        {
            return new Problem(ProblemKind.Conflict, "period_not_closed", $"The month {Month} is not closed.", "month");
        }

        if (unit.ClosedThrough(Org) is { } last && last != Month)
        {
            return new Problem(
                ProblemKind.Conflict, "later_period_closed", $"The books of {last} say what was booked until its end, {Month} included; open {last} again first.", "month");
        }

        var known = unit.PeriodOf(Org, Month);
        if (!known.IsReopenRequested(unit.Now(Org)))
        {
            return unit.Step(Org, Month, Marker(unit, TransactionKind.PeriodReopenRequest, Reason));
        }

        return known.RequestedBy == Actor ? Again(known) : unit.Step(Org, Month, Marker(unit, TransactionKind.PeriodReopen, Reason));
    }
}
