using System.Text;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>The keys, and what is known of their engineers when one is presented.</summary>
internal sealed class ApiKeyTable(Database database, WriteGate gate) : IKeys
{
    private const string Keys =
        """
        SELECT k.org, k.id, k.prefix, k.last_four, k.hash, k.name, coalesce(e.role, k.role), k.engineer, k.created, k.last_used, k.expires, k.revoked,
               e.team, coalesce(e.active, 1)
        FROM api_keys k LEFT JOIN engineers e ON e.org = k.org AND e.id = k.engineer
        WHERE
        """;

    /// <inheritdoc/>
    public Task AddAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync(
        connection =>
        {
            Add(connection, key, stamp);
            return key;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var row = Select(connection, "k.prefix = ?1");
            row.Bind(1, prefix);
            return row.Step() ? FromRow(row) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListAsync(KeyQuery query, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ApiKey>>(
        connection =>
        {
            using var rows = connection.Prepare(new SqlText().Add(Keys).AddPage(query));
            return Read(rows);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoredKey?> ChangeAsync(string org, string id, Func<StoredKey, StoredKey> change, AuditStamp stamp, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            connection =>
            {
                if (Find(connection, org, id) is not { } before)
                {
                    return null;
                }

                var after = change(before);
                if (after != before)
                {
                    Update(connection, after);
                    AuditTable.Write(connection, AuditEntry.Of(before.Key, after.Key, stamp));
                }

                return after;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task TouchAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken) => gate.WriteAsync(
        connection =>
        {
            using var update = connection.Prepare("UPDATE api_keys SET last_used = max(coalesce(last_used, 0), ?2) WHERE id = ?1"u8);
            foreach (var (id, at) in used)
            {
                update.Bind(1, id);
                update.BindMoment(2, at);
                update.Run();
            }

            return used.Count;
        },
        cancellationToken);

    /// <summary>Adds a key in the caller's transaction.</summary>
    public static void Add(Connection connection, StoredKey stored, AuditStamp stamp)
    {
        using var insert = connection.Prepare(
            """
            INSERT INTO api_keys (org, id, prefix, last_four, hash, name, role, engineer, created, expires, revoked)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """u8);
        var key = stored.Key;
        insert.Bind(1, key.Org);
        insert.Bind(2, key.Id);
        insert.Bind(3, key.Prefix);
        insert.Bind(4, key.LastFour);
        insert.Bind(5, stored.Hash);
        insert.Bind(6, key.Name);
        insert.Bind(7, key.EngineerId is null ? RoleName.Of(key.Role) : null);
        insert.Bind(8, key.EngineerId);
        insert.BindMoment(9, key.CreatedAt);
        insert.BindMoment(10, key.ExpiresAt);
        insert.BindMoment(11, key.RevokedAt);
        insert.Run();
        AuditTable.Write(connection, AuditEntry.Of(null, key, stamp));
    }

    /// <summary>Revokes what an engineer has, in the caller's transaction.</summary>
    public static void RevokeAllOf(Connection connection, Engineer engineer, AuditStamp stamp)
    {
        using var working = Select(connection, "k.org = ?1 AND k.engineer = ?2 AND k.revoked IS NULL");
        working.Bind(1, engineer.Org);
        working.Bind(2, engineer.Id);
        foreach (var key in Read(working))
        {
            using var update = connection.Prepare("UPDATE api_keys SET revoked = ?3 WHERE org = ?1 AND id = ?2"u8);
            update.Bind(1, key.Org);
            update.Bind(2, key.Id);
            update.BindMoment(3, stamp.At);
            update.Run();
            AuditTable.Write(connection, AuditEntry.Of(key, key with { RevokedAt = stamp.At }, stamp));
        }
    }

    private static void Update(Connection connection, StoredKey stored)
    {
        using var update = connection.Prepare("UPDATE api_keys SET prefix = ?3, last_four = ?4, hash = ?5, revoked = ?6 WHERE org = ?1 AND id = ?2"u8);
        update.Bind(1, stored.Key.Org);
        update.Bind(2, stored.Key.Id);
        update.Bind(3, stored.Key.Prefix);
        update.Bind(4, stored.Key.LastFour);
        update.Bind(5, stored.Hash);
        update.BindMoment(6, stored.Key.RevokedAt);
        update.Run();
    }

    private static StoredKey? Find(Connection connection, string org, string id)
    {
        using var row = Select(connection, "k.org = ?1 AND k.id = ?2");
        row.Bind(1, org);
        row.Bind(2, id);
        return row.Step() ? FromRow(row).Stored : null;
    }

    private static List<ApiKey> Read(Statement rows)
    {
        var keys = new List<ApiKey>();
        while (rows.Step())
        {
            keys.Add(FromRow(rows).Stored.Key);
        }

        return keys;
    }

    private static Statement Select(Connection connection, string condition) => connection.Prepare(Encoding.UTF8.GetBytes($"{Keys} {condition}"));

    private static KeyHolder FromRow(Statement row)
    {
        var key = new ApiKey
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Prefix = row.Text(2),
            LastFour = row.Text(3),
            Name = row.Text(5),
            Role = RoleName.Parse(row.Text(6)) ?? Role.Engineer,
            EngineerId = row.TextOrNull(7),
            CreatedAt = row.Moment(8),
            LastUsedAt = row.MomentOrNull(9),
            ExpiresAt = row.MomentOrNull(10),
            RevokedAt = row.MomentOrNull(11),
        };
        return new(new(key, row.Blob(4).ToArray()), row.Text(12), row.Integer(13) != 0);
    }
}
