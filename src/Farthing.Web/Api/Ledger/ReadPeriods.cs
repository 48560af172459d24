using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Ledger;

/// <summary>GET /periods and GET /periods/{month}.</summary>
internal static class ReadPeriods
{
    /// <summary>The problem of a text in a path that is no month.</summary>
    public static Problem NotAMonth => Problem.Invalid("month", "A month is written as year and month: 2026-10.");

    /// <summary>Lists the months that were ever closed, the latest first.</summary>
    public static async Task<Results<Ok<PageAnswer<PeriodAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, Caller caller, IPeriodQueries periods, CancellationToken cancellationToken)
    {
        var asked = query.Check(static text => AccountingMonth.TryParse(text, out _));
        if (asked.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var page = asked.Value;
        var book = await BookAsync(caller.Org, periods, cancellationToken);
        var found = book.All.Where(period => page.After.Length == 0 || string.CompareOrdinal(period.Month.ToString(), page.After) < 0).Take(page.AndOneMore().Limit).ToList();
        return TypedResults.Ok(found.Cut(page, static period => period.Month.ToString(), period => PeriodAnswer.Of(period, book.StateOf(period.Month))));
    }

    /// <summary>Tells a month with what its books said each time it was closed. Every month is there; most are open.</summary>
    public static async Task<Results<Ok<PeriodDetailAnswer>, ProblemHttpResult>> FindAsync(
        string month, Caller caller, IPeriodQueries periods, CancellationToken cancellationToken)
    {
        if (!AccountingMonth.TryParse(month, out var asked))
        {
            return NotAMonth.ToHttp();
        }

        var closes = await periods.ClosesAsync(caller.Org, asked, cancellationToken);
        var book = await BookAsync(caller.Org, periods, cancellationToken);
        return TypedResults.Ok(PeriodDetailAnswer.Of(book.Find(asked) ?? new(caller.Org, asked), book.StateOf(asked), closes));
    }

    private static async Task<PeriodBook> BookAsync(string org, IPeriodQueries periods, CancellationToken cancellationToken)
    {
        var book = new PeriodBook();
        foreach (var period in await periods.PeriodsAsync(org, cancellationToken))
        {
            book.Put(period);
        }

        return book;
    }
}
