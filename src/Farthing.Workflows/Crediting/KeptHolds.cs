using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// Holds against the chain: one that was captured has its capture, which took what the hold says from the grants in its
/// lines; the others have none.
/// </summary>
internal sealed class KeptHolds(LedgerReplay replay)
{
    /// <summary>The natural key of a capture, before the hold's id.</summary>
    public const string KeyPrefix = "hold/";

    private const string Table = "holds";

    private readonly Dictionary<string, Int128> held = new(StringComparer.Ordinal);
    private long captured;

    /// <summary>How many have not ended.</summary>
    public int OpenCount { get; private set; }

    /// <summary>What open holds have reserved of an account.</summary>
    public Int128 HeldOn(string account) => held.GetValueOrDefault(account);

    /// <summary>Takes in a hold; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerRecord.KeptHold kept)
    {
        var (hold, capture) = (kept.Hold, kept.Capture);
        captured += capture is null ? 0 : 1;
        if (!hold.IsClosed)
        {
            Hold(hold);
        }

        return !kept.HasWallet ? Break(hold, "a wallet that is there", $"the wallet {hold.Wallet}")
            : !Enum.IsDefined(hold.State) ? Break(hold, "a state that there is", $"{hold.State}")
            : CheckLines(hold) ?? CheckEnd(hold, capture) ?? (capture is null ? null : CheckCapture(hold, capture));
    }

    /// <summary>After the last hold: tells whether captures are left without one.</summary>
    public LedgerBreak? End() => captured == replay.Captures
        ? null
        : LedgerBreak.Of(Table, string.Empty, $"{replay.Captures} captured holds", captured.ToString(CultureInfo.InvariantCulture));

    private void Hold(Hold hold)
    {
        OpenCount++;
        foreach (var line in hold.Lines)
        {
            var account = Chart.Grant(line.Grant);
            held[account] = HeldOn(account) + line.Amount.Nanocredits;
        }
    }

    private LedgerBreak? CheckLines(Hold hold)
    {
        var sum = Int128.Zero;
        foreach (var line in hold.Lines)
        {
            if (!replay.Grants.TryGetValue(line.Grant, out var grant) || grant.Wallet != hold.Wallet)
            {
                return Break(hold, $"lines of grants of the wallet {hold.Wallet}", $"a line of {line.Grant}");
            }

            sum += line.Amount.Nanocredits;
        }

        return sum == hold.Amount.Nanocredits ? null : Break(hold, $"lines that add up to {hold.Amount}", $"{sum} nanocredits");
    }

    private static LedgerBreak? CheckEnd(Hold hold, CaptureTrace? capture)
    {
        var isCaptured = hold.State == HoldState.Captured;
        return isCaptured != (capture is not null) ? Break(hold, capture is null ? "another state: nothing was captured" : $"captured by transaction {capture.Sequence}", $"{hold.State}")
            : hold.IsClosed != (hold.ClosedAt is not null) ? Break(hold, hold.IsClosed ? "when it ended" : "no end", $"{hold.ClosedAt:O}")
            : !isCaptured && hold.Captured != Credits.Zero ? Break(hold, "nothing captured", $"{hold.Captured}")
            : hold.State is HoldState.Open or HoldState.Expired && hold.ForwardedAt is not null ? Break(hold, "not forwarded", $"{hold.ForwardedAt:O}")
            : hold.State is HoldState.Forwarded or HoldState.Unsettled && hold.ForwardedAt is null ? Break(hold, "when it was forwarded", "nothing")
            : null;
    }

    private static LedgerBreak? CheckCapture(Hold hold, CaptureTrace capture)
    {
        var paid = Int128.Zero;
        foreach (var entry in capture.Debits)
        {
            var isOfWallet = Chart.FindGrant(entry.Account) is not null || entry.Account == Chart.Receivable(hold.Wallet) || entry.Account == Chart.Uncollected(hold.Wallet);
            paid += isOfWallet ? entry.Amount.Nanocredits : 0;
        }

        return capture.Wallet != hold.Wallet ? Break(hold, $"the wallet {capture.Wallet}", hold.Wallet)
            : paid != hold.Captured.Nanocredits ? Break(hold, $"{paid} nanocredits captured by transaction {capture.Sequence}", $"{hold.Captured.Nanocredits}")
            : capture.BookedAt != hold.ClosedAt ? Break(hold, $"ended at {capture.BookedAt:O}", $"{hold.ClosedAt:O}")
            : capture.ServiceAt != (hold.ForwardedAt ?? hold.CreatedAt) ? Break(hold, $"forwarded or made at {capture.ServiceAt:O}", $"{hold.ForwardedAt ?? hold.CreatedAt:O}")
            : CheckSpent(hold, capture);
    }

    /// <summary>A capture takes from the lines of its hold in their order.</summary>
    private static LedgerBreak? CheckSpent(Hold hold, CaptureTrace capture)
    {
        var (left, index) = (hold.Captured, 0);
        foreach (var line in hold.Lines)
        {
            var share = left < line.Amount ? left : line.Amount;
            if (share <= Credits.Zero)
            {
                break;
            }

            var wanted = new Entry(Chart.Grant(line.Grant), EntrySide.Debit, share);
            if (index >= capture.Debits.Count || capture.Debits[index] != wanted)
            {
                return Break(hold, index < capture.Debits.Count ? $"a line that paid {capture.Debits[index].Amount} of {capture.Debits[index].Account}" : "no such line", $"{line.Grant} {line.Amount}");
            }

            (left, index) = (left - share, index + 1);
        }

        return null;
    }

    private static LedgerBreak Break(Hold hold, string expected, string found) => LedgerBreak.Of(Table, hold.Id, expected, found);
}
