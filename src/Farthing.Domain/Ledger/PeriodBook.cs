namespace Farthing.Domain.Ledger;

/// <summary>Who may still post into a month. Stored by number.</summary>
public enum PeriodState
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Finance.</summary>
    SoftClosed,

    /// <summary>Nobody.</summary>
    Closed,
}

/// <summary>A month of an organisation's books that was closed at least once, or softly. All of it follows from the chain.</summary>
/// <param name="Org">Whose.</param>
/// <param name="Month">Which.</param>
public sealed record LedgerPeriod(string Org, AccountingMonth Month)
{
    /// <summary>What was last done to it; a later month that is closed closes it too, see <see cref="PeriodBook.StateOf"/>.</summary>
    public PeriodState State { get; init; }

    /// <summary>How many markers of it stand in the chain: each step of its life is one.</summary>
    public int Step { get; init; }

    /// <summary>How often it was closed.</summary>
    public int Closes { get; init; }

    /// <summary>The hash of the trial balance of its last close; empty before the first.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>Who took the last step.</summary>
    public string ChangedBy { get; init; } = string.Empty;

    /// <summary>When.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who asked for it to be opened again; empty when nobody is waited for.</summary>
    public string RequestedBy { get; init; } = string.Empty;

    /// <summary>When that was asked; null when nobody is waited for.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>How long a second person may take to agree.</summary>
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromDays(7);

    /// <summary>Whether a second person may agree at an instant.</summary>
    public bool IsReopenRequested(DateTimeOffset now) => RequestedAt is { } asked && now < asked + ReopenWithin;

    /// <summary>The month after one more marker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no marker of a month.</exception>
    public LedgerPeriod After(Transaction marker)
    {
        var stepped = this with { Step = Step + 1, ChangedBy = marker.Actor, ChangedAt = marker.BookedAt, RequestedBy = string.Empty, RequestedAt = null };
        return marker.Kind switch
        {
            TransactionKind.PeriodSoftClose => stepped with { State = PeriodState.SoftClosed },
            TransactionKind.PeriodClose => stepped with { State = PeriodState.Closed, Closes = Closes + 1, Hash = marker.Memo },
            TransactionKind.PeriodReopenRequest => stepped with { RequestedBy = marker.Actor, RequestedAt = marker.BookedAt },
            TransactionKind.PeriodReopen => stepped with { State = PeriodState.SoftClosed },
            _ => throw new ArgumentOutOfRangeException(nameof(marker), marker.Kind, "Not a marker of a month."),
        };
    }
}

/// <summary>
/// The months of one organisation. A close closes whatever lies before its month too, because a trial balance is a sum from
/// the beginning; so two months say everything: the last that is closed and the last that is closed softly.
/// </summary>
public sealed class PeriodBook
{
    private readonly Dictionary<AccountingMonth, LedgerPeriod> periods = [];

    /// <summary>The last month that is closed, with all before it; null when none is.</summary>
    public AccountingMonth? ClosedThrough { get; private set; }

    /// <summary>The last month that is closed at least softly, with all before it; null when none is.</summary>
    public AccountingMonth? SoftClosedThrough { get; private set; }

    /// <summary>The months that were ever closed, the latest first.</summary>
    public IEnumerable<LedgerPeriod> All => periods.Values.OrderByDescending(period => period.Month);

    /// <summary>Adds a month, or changes one.</summary>
    public void Put(LedgerPeriod period)
    {
        periods[period.Month] = period;
        (ClosedThrough, SoftClosedThrough) = (Last(PeriodState.Closed), Last(PeriodState.SoftClosed));
    }

    /// <summary>A month as it was last changed; null when it never was.</summary>
    public LedgerPeriod? Find(AccountingMonth month) => periods.GetValueOrDefault(month);

    /// <summary>Who may post into a month now.</summary>
    public PeriodState StateOf(AccountingMonth month) =>
        month <= ClosedThrough ? PeriodState.Closed : month <= SoftClosedThrough ? PeriodState.SoftClosed : PeriodState.Open;

    private AccountingMonth? Last(PeriodState atLeast)
    {
        AccountingMonth? last = null;
        foreach (var period in periods.Values)
        {
            last = period.State >= atLeast && (last is null || period.Month > last) ? period.Month : last;
        }

        return last;
    }
}
