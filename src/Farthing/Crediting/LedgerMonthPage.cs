using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The months of the books for people, a paragraph an organisation.</summary>
internal static class LedgerMonthPage
{
    private const int CreditDecimals = 9;
    private const string Indent = "          ";

    /// <summary>Writes the months that were closed; of a single one what the books said each time.</summary>
    public static void Write(TextWriter output, AccountingMonth? only, IReadOnlyList<(string Org, PeriodBook Book, IReadOnlyList<PeriodClose> Closes)> ledgers)
    {
        if (ledgers.Count == 0)
        {
            LedgerPage.WriteEmpty(output);
        }

        foreach (var (org, book, closes) in ledgers)
        {
            output.WriteLine(DisplayText.Clean(org));
            var periods = only is { } month ? [book.Find(month) ?? new(org, month)] : book.All.ToList();
            foreach (var period in periods)
            {
                output.WriteLine($"{Indent}{period.Month}  {WordOf(book.StateOf(period.Month)),-11}  {Step(period)}".TrimEnd());
                WriteWaiting(output, period);
            }

            if (periods.Count == 0)
            {
                output.WriteLine($"{Indent}No month was closed yet.");
            }

            foreach (var close in closes)
            {
                Write(output, close);
            }
        }
    }

    /// <summary>Writes which ledgers were closed and why others were not.</summary>
    public static void Write(TextWriter output, AccountingMonth month, IReadOnlyList<(string Org, Result<PeriodClose> Answer)> answers) =>
        Write(output, answers, (close, name) =>
        {
            output.WriteLine($"closed    {name}");
            output.WriteLine($"{Indent}{month}, {DisplayText.Counted(close.Lines.Count, "account")}");
            output.WriteLine($"{Indent}trial balance {close.Hash}");
        });

    /// <summary>Writes which months took another step and why others did not.</summary>
    public static void Write(TextWriter output, AccountingMonth month, IReadOnlyList<(string Org, Result<LedgerPeriod> Answer)> answers) =>
        Write(output, answers, (period, name) =>
        {
            output.WriteLine($"{(period.RequestedAt is null ? "done" : "asked"),-10}{name}");
            output.WriteLine($"{Indent}{month} is {WordOf(period.State)}");
            WriteWaiting(output, period);
        });

    private static void Write<T>(TextWriter output, IReadOnlyList<(string Org, Result<T> Answer)> answers, Action<T, string> write)
    {
        if (answers.Count == 0)
        {
            LedgerPage.WriteEmpty(output);
        }

        foreach (var (org, answer) in answers)
        {
            var name = DisplayText.Clean(org);
            if (answer.Problem is { } problem)
            {
                output.WriteLine($"refused   {name}");
                output.WriteLine(Indent + problem.Detail);
                continue;
            }

            write(answer.Value, name);
        }
    }

    private static void Write(TextWriter output, PeriodClose close)
    {
        output.WriteLine();
        output.WriteLine($"{Indent}closed {close.ClosedAt:yyyy-MM-dd HH:mm} UTC by {DisplayText.Clean(close.Actor)}");
        output.WriteLine($"{Indent}trial balance {close.Hash}");
        foreach (var line in close.Lines)
        {
            output.WriteLine($"{Indent}  {DisplayText.Clean(line.Account)}  {Amount(line.Debits)} debited, {Amount(line.Credits)} credited");
        }
    }

    private static void WriteWaiting(TextWriter output, LedgerPeriod period)
    {
        if (period.RequestedAt is { } asked)
        {
            output.WriteLine(
                $"{Indent}{DisplayText.Clean(period.RequestedBy)} asks for it to be opened again; somebody else may agree until {asked + LedgerPeriod.ReopenWithin:yyyy-MM-dd HH:mm} UTC");
        }
    }

    private static string Step(LedgerPeriod period) =>
        period.Step == 0 ? string.Empty : $"{period.ChangedAt:yyyy-MM-dd HH:mm} UTC  {DisplayText.Clean(period.ChangedBy)}  {period.Hash}".TrimEnd();

    private static string WordOf(PeriodState state) => PeriodWords.Of(state).Replace('_', ' ');

    private static string Amount(Int128 nanocredits) => DecimalText.FormatExact(nanocredits, CreditDecimals);
}
