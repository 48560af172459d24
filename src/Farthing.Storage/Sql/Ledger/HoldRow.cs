using Farthing.Domain.Ledger;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>Holds as rows: one for each line.</summary>
internal static class HoldRow
{
    /// <summary>The columns of a hold <c>h</c> with one of its lines <c>l</c>.</summary>
    public const string Columns =
        "h.org, h.id, h.wallet, h.state, h.amount, h.captured, h.use_provider, h.use_model, h.use_project, h.created_at, h.expires_at, "
        + "h.forwarded_at, h.closed_at, l.grant_id, l.amount";

    /// <summary>The lines of holds <c>h</c>. Rows are wanted in the order of hold and line.</summary>
    public const string JoinLines = "JOIN hold_lines l ON l.org = h.org AND l.hold = h.id";

    private const int LineColumn = 13;

    /// <summary>Gathers rows into holds.</summary>
    public sealed class Gathering
    {
        private readonly List<Hold> holds = [];
        private List<HoldLine> lines = [];

        /// <summary>The holds, in the order of the rows.</summary>
        public IReadOnlyList<Hold> Holds => holds;

        /// <summary>Takes in a row.</summary>
        public void Add<TRow>(TRow row)
            where TRow : ISqlRow
        {
            if (holds.Count == 0 || holds[^1].Id != row.Text(1) || holds[^1].Org != row.Text(0))
            {
                lines = [];
                holds.Add(Read(row, lines));
            }

            lines.Add(new(row.Text(LineColumn), row.Amount(LineColumn + 1)));
        }
    }

    private static Hold Read<TRow>(TRow row, List<HoldLine> lines)
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
            Lines = lines,
        };
}
