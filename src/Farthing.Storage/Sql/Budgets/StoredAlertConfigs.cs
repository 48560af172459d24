using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The thresholds that administrators set.</summary>
internal sealed class StoredAlertConfigs(ISqlDatabase database) : IAlertConfigs
{
    private const string Columns = "c.org, c.id, c.team, c.type, c.threshold, c.enabled, c.created, c.changed";

    /// <inheritdoc/>
    public Task<bool> AddAsync(AlertConfig config, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var setting = config.Setting;
            var isNew = await session.AnyAsync(
                new SqlText()
                    .Add("INSERT INTO alert_configs (org, id, team, type, threshold, enabled, created, changed) VALUES (", config.Org).Add(",", config.Id)
                    .Add(",", setting.Team ?? string.Empty).Add(",", AlertTypes.NameOf(setting.Type)).Add(",", Text(setting.Threshold))
                    .Add(",", setting.Enabled ? 1L : 0L).Add(",", config.CreatedAt.ToUnixTimeMilliseconds()).Add(",", config.ChangedAt.ToUnixTimeMilliseconds())
                    .Add(") ON CONFLICT (org, team, type) DO NOTHING RETURNING id"),
                cancellationToken);
            if (isNew)
            {
                await session.NoteAsync(AlertConfigAudit.Of(null, config, stamp), cancellationToken);
            }

            return isNew;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertConfig>> ListAsync(string org, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.ReadAsync(new SqlText().Add($"SELECT {Columns} FROM alert_configs c WHERE c.org =", org).Add("ORDER BY c.id DESC"), Read, cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<AlertConfig?> ChangeAsync(string org, string id, Func<AlertSetting, AlertSetting> change, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await FindAsync(session, org, id, cancellationToken) is not { } before)
            {
                return null;
            }

            var after = before with { Setting = change(before.Setting), ChangedAt = stamp.At };
            await session.RunAsync(
                new SqlText().Add("UPDATE alert_configs SET threshold =", Text(after.Setting.Threshold)).Add(", enabled =", after.Setting.Enabled ? 1L : 0L)
                    .Add(", changed =", after.ChangedAt.ToUnixTimeMilliseconds()).Add("WHERE org =", org).Add("AND id =", id),
                cancellationToken);
            await session.NoteAsync(AlertConfigAudit.Of(before, after, stamp), cancellationToken);
            return after;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string org, string id, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await FindAsync(session, org, id, cancellationToken) is not { } before)
            {
                return false;
            }

            await session.RunAsync(new SqlText().Add("DELETE FROM alert_configs WHERE org =", org).Add("AND id =", id), cancellationToken);
            await session.NoteAsync(AlertConfigAudit.Removed(before, stamp), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>The type of a stored name.</summary>
    public static AlertType TypeOf(string name) =>
        AlertTypes.TryParse(name, out var type) ? type : throw new StorageFailedException($"The database holds alerts of the type {name}, which this version does not know.");

    private static Task<AlertConfig?> FindAsync(ISqlSession session, string org, string id, CancellationToken cancellationToken) => session.FirstAsync(
        new SqlText().Add($"SELECT {Columns} FROM alert_configs c WHERE c.org =", org).Add("AND c.id =", id).Add(session.ForUpdate), Read, cancellationToken);

    private static string Text(decimal? threshold) => threshold?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static AlertConfig Read(ISqlRow row) => new(
        row.Text(0),
        row.Text(1),
        new(
            TypeOf(row.Text(3)), row.Text(2) is { Length: > 0 } team ? team : null,
            row.Text(4) is { Length: > 0 } threshold ? decimal.Parse(threshold, CultureInfo.InvariantCulture) : null, row.Integer(5) != 0),
        row.Moment(6),
        row.Moment(7));
}
