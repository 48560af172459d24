using Farthing.Reports;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The books for people, a paragraph an organisation; plain text, because scripts and people both look for BROKEN.</summary>
internal static class LedgerPage
{
    private const string Indent = "          ";

    /// <summary>Writes what verifying came to.</summary>
    public static void Write(TextWriter output, IReadOnlyList<LedgerVerdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            WriteEmpty(output);
            return;
        }

        foreach (var verdict in verdicts)
        {
            Write(output, verdict);
        }

        var broken = verdicts.Count(static verdict => !verdict.Holds);
        output.WriteLine();
        output.WriteLine($"{DisplayText.Count(verdicts.Count - broken)} balanced, {DisplayText.Count(broken)} broken");
    }

    private static void Write(TextWriter output, LedgerVerdict verdict)
    {
        var name = DisplayText.Clean(verdict.Org);
        if (verdict.Broken is { } broken)
        {
            output.WriteLine($"BROKEN    {name}");
            output.WriteLine($"{Indent}{DisplayText.Counted(verdict.Transactions, "transaction")} checked before it broke");
            output.WriteLine($"{Indent}at        {DisplayText.Clean(broken.Place)}");
            output.WriteLine($"{Indent}expected  {DisplayText.Clean(broken.Expected)}");
            output.WriteLine($"{Indent}found     {DisplayText.Clean(broken.Found)}");
            return;
        }

        output.WriteLine($"balanced  {name}");
        if (verdict.Transactions == 0)
        {
            output.WriteLine($"{Indent}Nothing was booked yet.");
            return;
        }

        output.WriteLine(
            $"{Indent}{DisplayText.Counted(verdict.Transactions, "transaction")} checked, {DisplayText.Counted(verdict.Accounts, "account")}, {DisplayText.Counted(verdict.OpenHolds, "open hold")}");
        output.WriteLine($"{Indent}head {verdict.Head}");
    }

    /// <summary>Says that there is nothing to say anything about.</summary>
    internal static void WriteEmpty(TextWriter output) => output.WriteLine("There is no ledger yet: nothing was booked.");
}
