using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>One account in a trial balance.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Debits">Everything debited to it until the end of the month.</param>
/// <param name="Credits">Everything credited to it until the end of the month.</param>
public sealed record TrialLine(string Account, Int128 Debits, Int128 Credits);

/// <summary>What the books of an organisation say, and up to which place of its chain they were read.</summary>
/// <param name="Lines">One line an account.</param>
/// <param name="ReadAt">The head of the chain at the same moment.</param>
public sealed record TrialBalance(IReadOnlyList<TrialLine> Lines, ChainHead ReadAt);

/// <summary>A month was closed: what its books said then is kept, also when it was opened again later.</summary>
/// <param name="Org">Whose month.</param>
/// <param name="Month">Which.</param>
/// <param name="Step">Which step of the month it was; leads to the marker in the chain.</param>
/// <param name="TrialBalance">One line an account, <c>account=debits/credits</c> in nanocredits.</param>
/// <param name="Hash">SHA-256 of the trial balance, as lower-case hexadecimal text.</param>
/// <param name="Actor">Who closed it.</param>
/// <param name="ClosedAt">When.</param>
public sealed record PeriodClose(string Org, AccountingMonth Month, int Step, string TrialBalance, string Hash, string Actor, DateTimeOffset ClosedAt)
{
    /// <summary>The lines of its trial balance, by account. An account's name may hold both signs.</summary>
    public IReadOnlyList<TrialLine> Lines =>
    [
        .. TrialBalance.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
        {
            var (equals, slash) = (line.LastIndexOf('='), line.LastIndexOf('/'));
            return new TrialLine(line[..equals], Number(line[(equals + 1)..slash]), Number(line[(slash + 1)..]));
        }),
    ];

    /// <summary>Writes a trial balance in its one form.</summary>
    public static string Describe(IEnumerable<TrialLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.OrderBy(line => line.Account, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Account}={line.Debits}/{line.Credits}\n");
        }

        return text.ToString();
    }

    /// <summary>The hash of a trial balance.</summary>
    public static string HashOf(string trialBalance) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trialBalance)));

    private static Int128 Number(string text) => Int128.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Closes a month that is over. Its trial balance was worked out by the caller from entries that cannot change any more.</summary>
public sealed class ClosePeriod : PeriodRequest<PeriodClose>
{
    /// <summary>What the books say at its end.</summary>
    public required TrialBalance TrialBalance { get; init; }

    /// <summary>How long after its end a month takes late usage before it may be closed.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Whether it is closed before that; the marker tells.</summary>
    public bool IsForced { get; init; }

    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        base.Name(keys);
        keys.Readings.Add((Org, TrialBalance.ReadAt.Sequence));
    }

    /// <inheritdoc/>
    /// <exception cref="LedgerRaceException">Something may have been booked in the month since its books were read.</exception>
    protected override Result<PeriodClose> Perform(LedgerUnit unit)
    {
        var ready = Month.End + Grace;
        var isEarly = unit.Now(Org) < ready;
        if ((RefuseUnlessOver(unit) ?? RefuseWhenClosed(unit)) is { } problem)
        {
            return problem;
        }

        if (isEarly && !IsForced)
        {
            return new Problem(
                ProblemKind.Conflict, "period_in_grace", $"Late usage of {Month} is taken until {ready:yyyy-MM-dd HH:mm} UTC; close it then, softly now, or by force.", "month");
        }

        RequireFinal(unit);
        var text = PeriodClose.Describe(TrialBalance.Lines);
        var hash = PeriodClose.HashOf(text);
        var marker = Marker(unit, TransactionKind.PeriodClose, hash, isEarly ? "before_grace" : string.Empty);
        var close = new PeriodClose(Org, Month, unit.PeriodOf(Org, Month).Step + 1, text, hash, Actor, marker.BookedAt);
        _ = unit.Step(Org, Month, marker, close);
        return close;
    }

    /// <summary>
    /// Books that were read behind the month's end stand still as long as nobody posts into an earlier month, because no
    /// booking moves before another one. Others stand only as long as nothing at all is booked behind them.
    /// </summary>
    private void RequireFinal(LedgerUnit unit)
    {
        var read = TrialBalance.ReadAt;
        var isBehind = AccountingMonth.Of(read.BookedAt) > Month;
        if (isBehind ? unit.IsBackdated(Org, read.Sequence) : unit.Heads.GetValueOrDefault(Org, ChainHead.Start).Sequence != read.Sequence)
        {
            throw new LedgerRaceException($"The books of {Month} were read before something else was booked.");
        }
    }
}
