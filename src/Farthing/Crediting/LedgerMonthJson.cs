using Farthing.Domain.Ledger;
using Farthing.Reports;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The months of the books as JSON; <c>docs/reference/credits-cli.md</c> describes it. Amounts are exact numbers.</summary>
internal static class LedgerMonthJson
{
    private const int CreditDecimals = 9;

    /// <summary>Writes the months that were closed; of a single one what the books said each time.</summary>
    public static void Write(TextWriter output, AccountingMonth? only, IReadOnlyList<(string Org, PeriodBook Book, IReadOnlyList<PeriodClose> Closes)> ledgers)
    {
        var json = new JsonReport();
        json.Writer.WriteStartArray("ledgers");
        foreach (var (org, book, closes) in ledgers)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("org", org);
            json.Writer.WriteStartArray("periods");
            foreach (var period in only is { } month ? [book.Find(month) ?? new(org, month)] : book.All)
            {
                json.Writer.WriteStartObject();
                Write(json, period, book.StateOf(period.Month));
                if (only is not null)
                {
                    Write(json, closes);
                }

                json.Writer.WriteEndObject();
            }

            json.Writer.WriteEndArray();
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>Writes which ledgers were closed and why others were not.</summary>
    public static void Write(TextWriter output, AccountingMonth month, IReadOnlyList<(string Org, Result<PeriodClose> Answer)> answers) =>
        Write(output, month, "closed", answers, Write);

    /// <summary>Writes which months took another step and why others did not.</summary>
    public static void Write(TextWriter output, AccountingMonth month, IReadOnlyList<(string Org, Result<LedgerPeriod> Answer)> answers) =>
        Write(output, month, "done", answers, static (json, period) => Write(json, period, period.State));

    private static void Write<T>(
        TextWriter output, AccountingMonth month, string what, IReadOnlyList<(string Org, Result<T> Answer)> answers, Action<JsonReport, T> write)
    {
        var json = new JsonReport();
        json.Writer.WriteString("month", month.ToString());
        json.Writer.WriteStartArray("ledgers");
        foreach (var (org, answer) in answers)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("org", org);
            json.Writer.WriteBoolean(what, answer.Succeeded);
            if (answer.Problem is { } problem)
            {
                json.Writer.WriteString("code", problem.Code);
                json.Writer.WriteString("detail", problem.Detail);
            }
            else
            {
                write(json, answer.Value);
            }

            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    private static void Write(JsonReport json, LedgerPeriod period, PeriodState state)
    {
        json.Writer.WriteString("period", period.Month.ToString());
        json.Writer.WriteString("state", PeriodWords.Of(state));
        json.Writer.WriteNumber("closes", period.Closes);
        if (period.Step > 0)
        {
            json.Writer.WriteString("hash", period.Hash);
            json.Writer.WriteString("changedBy", period.ChangedBy);
            json.WriteTime("changedAt", period.ChangedAt);
        }

        if (period.RequestedAt is { } asked)
        {
            json.Writer.WriteString("reopenRequestedBy", period.RequestedBy);
            json.WriteTime("reopenBefore", asked + LedgerPeriod.ReopenWithin);
        }
    }

    private static void Write(JsonReport json, IReadOnlyList<PeriodClose> closes)
    {
        json.Writer.WriteStartArray("history");
        foreach (var close in closes)
        {
            json.Writer.WriteStartObject();
            Write(json, close);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    private static void Write(JsonReport json, PeriodClose close)
    {
        json.WriteTime("closedAt", close.ClosedAt);
        json.Writer.WriteString("closedBy", close.Actor);
        json.Writer.WriteString("hash", close.Hash);
        json.Writer.WriteStartArray("trialBalance");
        foreach (var line in close.Lines)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("account", line.Account);
            json.WriteDecimal("debits", line.Debits, CreditDecimals);
            json.WriteDecimal("credits", line.Credits, CreditDecimals);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }
}
