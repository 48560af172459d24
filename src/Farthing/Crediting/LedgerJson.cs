using Farthing.Reports;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The books as JSON; <c>docs/reference/credits-cli.md</c> describes it. Amounts are exact numbers.</summary>
internal static class LedgerJson
{
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
}
