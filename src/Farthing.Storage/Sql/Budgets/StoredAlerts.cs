using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The alerts. A row of <c>alert_marks</c> decides whether one is new: it moves only when a day has passed.</summary>
internal sealed class StoredAlerts(ISqlDatabase database) : IAlerts
{
    private const string Columns =
        "a.org, a.id, a.type, a.severity, a.team, a.title, a.message, a.value, a.usual, a.threshold, a.created, a.acknowledged, a.dismissed";

    /// <inheritdoc/>
    public Task<bool> RaiseAsync(Alert alert, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.AnyAsync(Mark(alert), cancellationToken))
            {
                return false;
            }

            await session.RunAsync(Insert(alert), cancellationToken);
            foreach (var message in messages)
            {
                await session.RunAsync(StoredOutbox.Insert(message, alert.CreatedAt), cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.ReadAsync(
            Within(new SqlText().Add($"SELECT {Columns} FROM alerts a WHERE a.org =", query.Within.Org), query.Within)
                .Add(query.Dismissed ? "AND a.dismissed > 0" : "AND a.dismissed = 0")
                .Add(query.Acknowledged switch { true => "AND a.acknowledged > 0", false => "AND a.acknowledged = 0", null => string.Empty })
                .AddIf("AND a.id <", query.Page.After.Length > 0 ? query.Page.After : null)
                .Add("ORDER BY a.id DESC LIMIT", (long)query.Page.Limit).Add("OFFSET", (long)query.Skip),
            Read,
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Alert?> AcknowledgeAsync(Scope scope, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        NoteAsync("acknowledged", scope, id, now, cancellationToken);

    /// <inheritdoc/>
    public Task<Alert?> DismissAsync(Scope scope, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        NoteAsync("dismissed", scope, id, now, cancellationToken);

    private Task<Alert?> NoteAsync(string column, Scope scope, string id, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var at = now.ToUnixTimeMilliseconds();
            await session.RunAsync(
                Within(new SqlText().Add($"UPDATE alerts AS a SET {column} =", at).Add($"WHERE a.{column} = 0 AND a.org =", scope.Org).Add("AND a.id =", id), scope), cancellationToken);
            return await session.FirstAsync(
                Within(new SqlText().Add($"SELECT {Columns} FROM alerts a WHERE a.org =", scope.Org).Add("AND a.id =", id), scope), Read, cancellationToken);
        },
        cancellationToken);

    private static SqlText Within(SqlText sql, Scope scope) => scope.Reach switch
    {
        ScopeReach.Org => sql,
        ScopeReach.Team => sql.Add("AND a.team =", scope.Id),
        _ => sql.Add("AND 1 = 0"),
    };

    private static SqlText Mark(Alert alert)
    {
        var now = alert.CreatedAt.ToUnixTimeMilliseconds();
        return new SqlText()
            .Add("INSERT INTO alert_marks (org, type, scope, raised) VALUES (", alert.Org).Add(",", AlertTypes.NameOf(alert.Type)).Add(",", alert.Team).Add(",", now)
            .Add(") ON CONFLICT (org, type, scope) DO UPDATE SET raised = excluded.raised WHERE alert_marks.raised <=", now - (long)AlertKey.QuietTime.TotalMilliseconds)
            .Add("RETURNING raised");
    }

    private static SqlText Insert(Alert alert) => new SqlText()
        .Add("INSERT INTO alerts (org, id, type, severity, team, title, message, value, usual, threshold, created, acknowledged, dismissed) VALUES (", alert.Org)
        .Add(",", alert.Id).Add(",", AlertTypes.NameOf(alert.Type)).Add(",", AlertWords.Of(alert.Severity)).Add(",", alert.Team).Add(",", alert.Title)
        .Add(",", alert.Message).Add(",", Text(alert.Value)).Add(",", Text(alert.Usual)).Add(",", Text(alert.Threshold))
        .Add(",", alert.CreatedAt.ToUnixTimeMilliseconds()).Add(", 0, 0)");

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static decimal Number(ISqlRow row, int column) => decimal.Parse(row.Text(column), CultureInfo.InvariantCulture);

    private static DateTimeOffset? MomentOrNull(ISqlRow row, int column) => row.Integer(column) == 0 ? null : row.Moment(column);

    private static Alert Read(ISqlRow row) => new()
    {
        Org = row.Text(0),
        Id = row.Text(1),
        Type = StoredAlertConfigs.TypeOf(row.Text(2)),
        Severity = AlertWords.SeverityOf(row.Text(3)),
        Team = row.Text(4),
        Title = row.Text(5),
        Message = row.Text(6),
        Value = Number(row, 7),
        Usual = Number(row, 8),
        Threshold = Number(row, 9),
        CreatedAt = row.Moment(10),
        AcknowledgedAt = MomentOrNull(row, 11),
        DismissedAt = MomentOrNull(row, 12),
    };
}
