using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>Reserving credit and what becomes of it.</summary>
public sealed partial class WalletBook
{
    /// <summary>
    /// Reserves credit: from the grants that serve the use, in burn order. Never more than there is, whatever the wallet's
    /// overdraft.
    /// </summary>
    /// <param name="id">The hold's id; new.</param>
    /// <param name="amount">How much; positive.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="now">The time.</param>
    /// <param name="expiresAt">When it ends by itself.</param>
    /// <param name="hold">The hold; null when refused.</param>
    public Refusal? Reserve(string id, Credits amount, in CreditUse use, DateTimeOffset now, DateTimeOffset expiresAt, out Hold? hold)
    {
        hold = null;
        if ((Unaskable(amount) ?? Unusable()) is { } refusal)
        {
            return refusal;
        }

        var available = Available(use, now);
        if (available < amount)
        {
            return new(RefusalReason.InsufficientCredits, available, amount);
        }

        var lines = Allocate(amount, use, now);
        foreach (var line in lines)
        {
            Apply(Chart.Grant(line.Grant), AccountCounters.OfHeld(line.Amount));
        }

        hold = new()
        {
            Org = Wallet.Org,
            Id = id,
            Wallet = Wallet.Id,
            Amount = amount,
            Use = use,
            CreatedAt = now,
            ExpiresAt = expiresAt,
            Lines = lines,
        };
        changes.Put(hold, isNew: true);
        return null;
    }

    /// <summary>Notes that the call of a hold was sent: from now on it does not expire by itself.</summary>
    public Refusal? Forward(Hold hold, DateTimeOffset now, out Hold forwarded)
    {
        forwarded = hold;
        if (hold.State is HoldState.Forwarded or HoldState.Unsettled)
        {
            return null;
        }

        if (Ended(hold, now) is { } ended)
        {
            return ended;
        }

        forwarded = hold with { State = HoldState.Forwarded, ForwardedAt = now };
        changes.Put(forwarded, isNew: false);
        return null;
    }

    /// <summary>
    /// Uses a hold: its grants pay in the order in which they were reserved, the rest goes back. More than is held is taken
    /// as usage that already happened, and only where <paramref name="allowOverrun"/> says so.
    /// </summary>
    /// <param name="hold">The hold.</param>
    /// <param name="parts">What is paid; positive in all.</param>
    /// <param name="allowOverrun">Whether more than is held may be taken.</param>
    /// <param name="cause">Why.</param>
    /// <param name="captured">The hold afterwards.</param>
    public Refusal? Capture(Hold hold, in ChargeParts parts, bool allowOverrun, Cause cause, out Hold captured)
    {
        captured = hold;
        if (!parts.HasNoNegative)
        {
            return new(RefusalReason.AmountOutOfRange, Needed: parts.Total);
        }

        if ((Unaskable(parts.Total) ?? Ended(hold, cause.Clock)) is { } refusal)
        {
            return refusal;
        }

        if (parts.Total > hold.Amount && !allowOverrun)
        {
            return new(RefusalReason.ExceedsHold, hold.Amount, parts.Total);
        }

        var entries = new List<Entry>();
        var left = Spend(hold, parts.Total, entries);
        if (left > Credits.Zero)
        {
            // While the hold still stands, so that an overrun finds only what is free beside it.
            var beyond = new List<Entry>();
            Settle(left, hold.Use, cause.Clock, beyond);
            entries.AddRange(beyond);
        }

        Unhold(hold);
        parts.AddTo(entries);
        _ = Post(cause, entries);
        SweepReleased(hold, cause);
        captured = hold with { State = HoldState.Captured, Captured = parts.Total, ClosedAt = cause.At };
        changes.Put(captured, isNew: false);
        return null;
    }

    /// <summary>Gives a hold back unused.</summary>
    /// <param name="hold">The hold; also one whose call was sent, when it is known that it cost nothing.</param>
    /// <param name="cause">Why; its key names what is posted for grants that are over.</param>
    /// <param name="released">The hold afterwards.</param>
    public Refusal? Release(Hold hold, Cause cause, out Hold released)
    {
        released = hold;
        if (hold.State is HoldState.Released or HoldState.Expired)
        {
            return null;
        }

        if (hold.State == HoldState.Captured)
        {
            return new(RefusalReason.HoldCaptured, hold.Captured);
        }

        Unhold(hold);
        SweepReleased(hold, cause);
        var state = hold.HasExpired(cause.Clock) ? HoldState.Expired : HoldState.Released;
        released = hold with { State = state, ClosedAt = cause.At };
        changes.Put(released, isNew: false);
        return null;
    }

    /// <summary>
    /// What time does to a hold: one that was never sent goes back, one that was sent stays reserved as unsettled. Nothing
    /// before its time.
    /// </summary>
    public Hold Expire(Hold hold, Cause cause)
    {
        if (hold.ExpiresAt > cause.Clock || hold.IsClosed || hold.State == HoldState.Unsettled)
        {
            return hold;
        }

        if (hold.State == HoldState.Open)
        {
            _ = Release(hold, cause, out var expired);
            return expired;
        }

        var unsettled = hold with { State = HoldState.Unsettled };
        changes.Put(unsettled, isNew: false);
        return unsettled;
    }

    private static Refusal? Ended(Hold hold, DateTimeOffset now) => hold.State switch
    {
        HoldState.Captured => new(RefusalReason.HoldCaptured, hold.Captured),
        HoldState.Released => new(RefusalReason.HoldReleased),
        _ when hold.HasExpired(now) => new(RefusalReason.HoldExpired),
        _ => null,
    };

    /// <summary>Shares an amount out over the grants that serve a use, as far as they can bear it.</summary>
    private List<HoldLine> Allocate(Credits amount, in CreditUse use, DateTimeOffset now)
    {
        var lines = new List<HoldLine>();
        var left = amount;
        foreach (var balance in grants)
        {
            if (left <= Credits.Zero)
            {
                break;
            }

            if (Serves(balance, use, now))
            {
                var share = Min(left, balance.Counters.Free);
                lines.Add(new(balance.Grant.Id, share));
                left -= share;
            }
        }

        return lines;
    }

    private void Unhold(Hold hold)
    {
        foreach (var line in hold.Lines)
        {
            Apply(Chart.Grant(line.Grant), AccountCounters.OfHeld(Credits.Zero - line.Amount));
        }
    }

    /// <summary>Takes from the grants of a hold in its order; tells what the hold does not cover.</summary>
    private static Credits Spend(Hold hold, Credits amount, List<Entry> entries)
    {
        var left = amount;
        foreach (var line in hold.Lines)
        {
            var share = Min(left, line.Amount);
            if (share > Credits.Zero)
            {
                entries.Add(new(Chart.Grant(line.Grant), EntrySide.Debit, share));
                left -= share;
            }
        }

        return left;
    }

    /// <summary>
    /// A hold shields credit from expiry; what it gives back of a grant that is over leaves at once, and what it gives back
    /// of the others pays what is owed.
    /// </summary>
    private void SweepReleased(Hold hold, Cause cause)
    {
        foreach (var line in hold.Lines)
        {
            if (Find(line.Grant) is { } balance)
            {
                Sweep(balance, cause);
            }
        }

        Repay(cause);
    }
}
