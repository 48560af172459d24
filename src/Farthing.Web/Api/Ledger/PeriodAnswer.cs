using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Api.Ledger;

/// <summary>A month of the books.</summary>
internal record PeriodAnswer
{
    /// <summary>Which: <c>2026-10</c>, in UTC.</summary>
    public required string Month { get; init; }

    /// <summary><c>open</c>, <c>soft_closed</c> or <c>closed</c>, with a later month too.</summary>
    public required string State { get; init; }

    /// <summary>How often it was closed itself.</summary>
    public required int Closes { get; init; }

    /// <summary>SHA-256 of the trial balance of its last close; null before the first.</summary>
    public required string? Hash { get; init; }

    /// <summary>Who took its last step; null when it never took one.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who asks for it to be opened again and waits for a second person; null when nobody does.</summary>
    public required string? ReopenRequestedBy { get; init; }

    /// <summary>Until when the second person may agree.</summary>
    public required DateTimeOffset? ReopenBefore { get; init; }

    /// <summary>Tells a month.</summary>
    public static PeriodAnswer Of(LedgerPeriod period, PeriodState state) => new()
    {
        Month = period.Month.ToString(),
        State = PeriodWords.Of(state),
        Closes = period.Closes,
        Hash = period.Closes > 0 ? period.Hash : null,
        ChangedBy = period.Step > 0 ? period.ChangedBy : null,
        ChangedAt = period.Step > 0 ? period.ChangedAt : null,
        ReopenRequestedBy = period.RequestedAt is null ? null : period.RequestedBy,
        ReopenBefore = period.RequestedAt + LedgerPeriod.ReopenWithin,
    };
}

/// <summary>A month of the books with what they said each time it was closed.</summary>
internal sealed record PeriodDetailAnswer : PeriodAnswer
{
    /// <summary>What the books said when it was closed the last time; empty before the first.</summary>
    public required IReadOnlyList<TrialLineAnswer> TrialBalance { get; init; }

    /// <summary>Every close, the first one in front.</summary>
    public required IReadOnlyList<PeriodCloseAnswer> History { get; init; }

    /// <summary>Tells a month with its closes.</summary>
    public static PeriodDetailAnswer Of(LedgerPeriod period, PeriodState state, IReadOnlyList<PeriodClose> closes)
    {
        var answer = PeriodAnswer.Of(period, state);
        var history = closes.Select(PeriodCloseAnswer.Of).ToList();
        return new()
        {
            Month = answer.Month,
            State = answer.State,
            Closes = answer.Closes,
            Hash = answer.Hash,
            ChangedBy = answer.ChangedBy,
            ChangedAt = answer.ChangedAt,
            ReopenRequestedBy = answer.ReopenRequestedBy,
            ReopenBefore = answer.ReopenBefore,
            TrialBalance = history is [.., var last] ? last.TrialBalance : [],
            History = history,
        };
    }
}

/// <summary>One account at the end of a month, in credits.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Debits">Everything debited to it.</param>
/// <param name="Credits">Everything credited to it.</param>
internal sealed record TrialLineAnswer(string Account, string Debits, string Credits);

/// <summary>What the books said when a month was closed.</summary>
/// <param name="Month">Which: <c>2026-10</c>, in UTC.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="Hash">SHA-256 of the trial balance.</param>
/// <param name="TrialBalance">One line an account.</param>
internal sealed record PeriodCloseAnswer(string Month, DateTimeOffset ClosedAt, string ClosedBy, string Hash, IReadOnlyList<TrialLineAnswer> TrialBalance)
{
    private const int CreditDecimals = 9;

    /// <summary>Tells a close.</summary>
    public static PeriodCloseAnswer Of(PeriodClose close) => new(close.Month.ToString(), close.ClosedAt, close.Actor, close.Hash, [.. close.Lines.Select(LineOf)]);

    private static TrialLineAnswer LineOf(TrialLine line) =>
        new(line.Account, DecimalText.FormatExact(line.Debits, CreditDecimals), DecimalText.FormatExact(line.Credits, CreditDecimals));
}
