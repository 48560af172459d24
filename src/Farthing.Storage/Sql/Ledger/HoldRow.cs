using System.Globalization;
using System.Text;
using Farthing.Domain.Ledger;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>A hold as a row. What it reserves of which grant is fixed when it is made, so it stands in the row itself.</summary>
internal static class HoldRow
{
    /// <summary>The columns of a hold <c>h</c>.</summary>
    public const string Columns =
        "h.org, h.id, h.wallet, h.state, h.amount, h.captured, h.use_provider, h.use_model, h.use_project, h.created_at, h.expires_at, "
        + "h.forwarded_at, h.closed_at, h.lines";

    private const char NextLine = ' ';
    private const char Equal = '=';

    /// <summary>Reads a row.</summary>
    public static Hold Read<TRow>(TRow row)
        where TRow : ISqlRow => new()
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Wallet = row.Text(2),
            State = (HoldState)row.Integer(3),
            Amount = row.Amount(4),
            Captured = row.Amount(5),
            Use = new(row.Text(6), row.Text(7), row.Text(8)),
            CreatedAt = row.Instant(9),
            ExpiresAt = row.Instant(10),
            ForwardedAt = row.InstantOrNull(11),
            ClosedAt = row.InstantOrNull(12),
            Lines = ReadLines(row.Text(13)),
        };

    /// <summary>The lines as a column: <c>grant=nanocredits</c> in burn order, a space between two. No id holds either sign.</summary>
    public static string WriteLines(Hold hold)
    {
        var text = new StringBuilder();
        foreach (var line in hold.Lines)
        {
            text.Append(text.Length == 0 ? string.Empty : NextLine.ToString())
                .Append(CultureInfo.InvariantCulture, $"{line.Grant}{Equal}{line.Amount.Nanocredits}");
        }

        return text.ToString();
    }

    private static List<HoldLine> ReadLines(string text) =>
    [
        .. text.Split(NextLine, StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var equal = line.LastIndexOf(Equal);
            return new HoldLine(line[..equal], new(long.Parse(line.AsSpan(equal + 1), CultureInfo.InvariantCulture)));
        }),
    ];
}
