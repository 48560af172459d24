using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The books as JSON; <c>docs/reference/credits-cli.md</c> describes it. Amounts are exact numbers.</summary>
internal static class LedgerJson
{
    private const int CreditDecimals = 9;

    /// <summary>Writes what verifying came to.</summary>
    public static void Write(TextWriter output, IReadOnlyList<LedgerVerdict> verdicts)
    {
        var json = new JsonReport();
        json.Writer.WriteBoolean("balanced", verdicts.All(static verdict => verdict.Holds));
        json.Writer.WriteStartArray("ledgers");
        foreach (var verdict in verdicts)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("org", verdict.Org);
            json.Writer.WriteBoolean("balanced", verdict.Holds);
            json.Writer.WriteNumber("transactions", verdict.Transactions);
            json.Writer.WriteNumber("accounts", verdict.Accounts);
            json.Writer.WriteNumber("openHolds", verdict.OpenHolds);
            json.Writer.WriteString("head", verdict.Head);
            Write(json, verdict.Broken);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>Writes which ledgers were closed and why others were not.</summary>
    public static void Write(TextWriter output, string month, IReadOnlyList<(string Org, Result<PeriodClose> Answer)> answers)
    {
        var json = new JsonReport();
        json.Writer.WriteString("month", month);
        json.Writer.WriteStartArray("ledgers");
        foreach (var (org, answer) in answers)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("org", org);
            json.Writer.WriteBoolean("closed", answer.Succeeded);
            if (answer.Problem is { } problem)
            {
                json.Writer.WriteString("code", problem.Code);
                json.Writer.WriteString("detail", problem.Detail);
            }
            else
            {
                Write(json, answer.Value);
            }

            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Finish(output);
    }

    /// <summary>The lines of a trial balance: <c>account=debits/credits</c>, where an account's name may hold both signs.</summary>
    public static IReadOnlyList<TrialLine> LinesOf(PeriodClose close) =>
    [
        .. close.TrialBalance.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
        {
            var (equals, slash) = (line.LastIndexOf('='), line.LastIndexOf('/'));
            return new TrialLine(line[..equals], Number(line[(equals + 1)..slash]), Number(line[(slash + 1)..]));
        }),
    ];

    private static void Write(JsonReport json, LedgerBreak? broken)
    {
        if (broken is null)
        {
            json.Writer.WriteNull("broken");
            return;
        }

        json.Writer.WriteStartObject("broken");
        json.Writer.WriteString("place", broken.Place);
        json.Writer.WriteString("table", broken.Table);
        json.Writer.WriteString("id", broken.Id);
        json.Writer.WriteNumber("sequence", broken.Sequence);
        json.Writer.WriteString("account", broken.Account);
        json.Writer.WriteString("expected", broken.Expected);
        json.Writer.WriteString("found", broken.Found);
        json.Writer.WriteEndObject();
    }

    private static void Write(JsonReport json, PeriodClose close)
    {
        json.WriteTime("closedAt", close.ClosedAt);
        json.Writer.WriteString("closedBy", close.Actor);
        json.Writer.WriteString("hash", close.Hash);
        json.Writer.WriteStartArray("trialBalance");
        foreach (var line in LinesOf(close))
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("account", line.Account);
            json.WriteDecimal("debits", line.Debits, CreditDecimals);
            json.WriteDecimal("credits", line.Credits, CreditDecimals);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    private static Int128 Number(string text) => Int128.Parse(text, CultureInfo.InvariantCulture);
}
