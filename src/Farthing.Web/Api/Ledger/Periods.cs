using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Ledger;

/// <summary>A month that is closed.</summary>
/// <param name="Month">Which: <c>2026-10</c>, in UTC.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="Hash">SHA-256 of its trial balance.</param>
internal sealed record PeriodAnswer(string Month, DateTimeOffset ClosedAt, string ClosedBy, string Hash)
{
    /// <summary>Reads a month out of the transaction that closed it.</summary>
    public static PeriodAnswer Of(SealedTransaction link) =>
        new(link.Transaction.ExternalId, link.Transaction.BookedAt, link.Transaction.Actor, link.Transaction.Memo);
}

/// <summary>One account at the end of a month, in credits.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Debits">Everything debited to it.</param>
/// <param name="Credits">Everything credited to it.</param>
internal sealed record TrialLineAnswer(string Account, string Debits, string Credits);

/// <summary>A month that was just closed, with what its books say.</summary>
internal sealed record PeriodCloseAnswer(string Month, DateTimeOffset ClosedAt, string ClosedBy, string Hash, IReadOnlyList<TrialLineAnswer> TrialBalance);

/// <summary>GET /periods and POST /periods/{month}/close.</summary>
internal static class Periods
{
    private const int CreditDecimals = 9;

    /// <summary>Lists the months that are closed, the last closed first.</summary>
    public static async Task<Results<Ok<PageAnswer<PeriodAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, LedgerPages pages, ILedgerQueries ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = new TransactionFilter { Limit = page.Limit, After = page.After }.Check(time);
        return asked.Problem is { } problem
            ? problem.ToHttp()
            : await LedgerPages.ListAsync(
                pages.All with { Kind = TransactionKind.PeriodClose }, asked.Value, ledger.TransactionsAsync, PeriodAnswer.Of,
                static link => link.Sequence.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    /// <summary>Closes a month that is over: its books say for ever what they say now.</summary>
    public static async Task<IResult> CloseAsync(
        string month, EmptyBody? body, HttpContext http, Caller caller, LedgerDoor door, ILedgerUpkeep upkeep, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || first.Year >= DateOnly.MaxValue.Year)
        {
            return Problem.Invalid("month", "A month is written as year and month: 2026-10.").ToHttp();
        }

        var sent = body ?? new();
        if (await door.RecallAsync(http, sent, cancellationToken) is { } known)
        {
            return known;
        }

        var end = new DateTimeOffset(first.AddMonths(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return await CloseMonth.AgainAsync(async () =>
        {
            var books = await upkeep.TrialBalanceAsync(caller.Org, end, cancellationToken);
            var request = new ClosePeriod { Org = caller.Org, Actor = caller.Actor, Month = month, TrialBalance = books };
            return await door.CreateAsync(
                http, sent, request,
                close => new PeriodCloseAnswer(close.Month, close.ClosedAt, close.Actor, close.Hash, [.. books.Lines.Select(LineOf)]), cancellationToken);
        });
    }

    private static TrialLineAnswer LineOf(TrialLine line) =>
        new(line.Account, DecimalText.FormatExact(line.Debits, CreditDecimals), DecimalText.FormatExact(line.Credits, CreditDecimals));
}
