using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Ledger;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>The statement of a wallet as files: the lines in the order of the page, all amounts exact.</summary>
internal static class StatementFiles
{
    /// <summary>The most lines of a file, the newest of them.</summary>
    public const int LinesMax = 10_000;

    /// <summary>What is told of a line, and whether it is a number or word of ours rather than a text that somebody chose.</summary>
    private static readonly IReadOnlyList<(string Name, bool IsOurs, Func<Transaction, WalletView, string> Of)> Columns =
    [
        ("booked_at", true, static (posted, _) => posted.BookedAt.ToString("O", CultureInfo.InvariantCulture)),
        ("kind", true, static (posted, _) => posted.Kind),
        ("what", true, static (posted, view) => GrantWords.Of(posted, StatementTable.GrantGiven(posted, view.Wallet.Balance.Grants))),
        ("credits", true, static (posted, _) => posted.Delta.ToString()),
        ("balance", true, static (posted, _) => posted.BalanceAfter.ToString()),
        ("not_paid", true, static (posted, _) => posted.Uncollected.ToString()),
        ("reason", false, static (posted, _) => posted.Reason),
        ("source", false, static (posted, _) => posted.Source),
        ("external_id", false, static (posted, _) => posted.ExternalId),
        ("memo", false, static (posted, _) => posted.Memo),
        ("run", false, static (posted, _) => posted.Run),
        ("call", false, static (posted, _) => posted.Event),
        ("grants", false, static (posted, _) => string.Join(' ', posted.Grants)),
        ("id", true, static (posted, _) => posted.Id),
    ];

    /// <summary>Writes it as a table with commas.</summary>
    public static string WriteCsv(WalletView view)
    {
        var csv = new CsvText();
        foreach (var (name, _, _) in Columns)
        {
            csv.AddSafe(name);
        }

        csv.End();
        foreach (var line in view.Statement.Items)
        {
            foreach (var (_, isOurs, of) in Columns)
            {
                _ = isOurs ? csv.AddSafe(of(line.Transaction, view)) : csv.Add(of(line.Transaction, view));
            }

            csv.End();
        }

        return csv.ToString();
    }

    /// <summary>Writes it as JSON: what was asked, whether these are all lines of it, and the lines. Amounts are decimal texts.</summary>
    public static byte[] WriteJson(WalletView view, StatementFilter filter)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("wallet", view.Wallet.Wallet.Id);
            json.WriteString("kind", filter.Kind);
            json.WriteString("from", StatementFilter.Text(filter.From));
            json.WriteString("to", StatementFilter.Text(filter.To));
            json.WriteBoolean("is_whole", view.Statement.Next is null);
            json.WriteStartArray("lines");
            foreach (var line in view.Statement.Items)
            {
                json.WriteStartObject();
                foreach (var (name, _, of) in Columns)
                {
                    json.WriteString(name, of(line.Transaction, view));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
