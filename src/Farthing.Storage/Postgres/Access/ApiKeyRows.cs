using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>The keys, and what is known of their engineers when one is presented.</summary>
internal sealed class ApiKeyRows(PostgresDatabase database) : IKeys
{
    private const string Select =
        """
        SELECT k.org, k.id, k.prefix, k.last_four, k.hash, k.name, coalesce(e.role, k.role), k.engineer, k.created, k.last_used, k.expires, k.revoked,
               e.team, coalesce(e.active, true)
        FROM api_keys k LEFT JOIN engineers e ON e.org = k.org AND e.id = k.engineer
        """;

    /// <inheritdoc/>
    public Task AddAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => database.InTransactionAsync(
        async (connection, token) =>
        {
            await AddAsync(connection, key, stamp, token);
            return key;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.FirstAsync($"{Select} WHERE k.prefix = $1", FromRow, token, Text(prefix)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> ListAsync(KeyQuery query, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.AllAsync(new SqlText().Add($"{Select} WHERE").AddPage(query), static row => FromRow(row).Stored.Key, token),
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoredKey?> ChangeAsync(string org, string id, Func<StoredKey, StoredKey> change, AuditStamp stamp, CancellationToken cancellationToken) =>
        database.InTransactionAsync<StoredKey?>(
            async (connection, token) =>
            {
                var holder = await connection.FirstAsync($"{Select} WHERE k.org = $1 AND k.id = $2 FOR UPDATE OF k", FromRow, token, Text(org), Text(id));
                if (holder is not { Stored: { } before } || change(before) is not { } after || after == before)
                {
                    return holder?.Stored;
                }

                await connection.RunAsync(
                    "UPDATE api_keys SET prefix = $3, last_four = $4, hash = $5, revoked = $6 WHERE org = $1 AND id = $2",
                    token, Text(org), Text(id), Text(after.Key.Prefix), Text(after.Key.LastFour), Statements.Of(after.Hash), MomentOrNull(after.Key.RevokedAt));
                await AuditRows.WriteAsync(connection, AuditEntry.Of(before.Key, after.Key, stamp), token);
                return after;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task TouchAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken) => database.WithConnectionAsync(
        async (connection, token) =>
        {
            // In order of the id, so that nodes wait for each other in one direction.
            var inOrder = used.OrderBy(static use => use.Key, StringComparer.Ordinal).ToList();
            await connection.RunAsync(
                """
                UPDATE api_keys SET last_used = greatest(coalesce(last_used, 0), u.at)
                FROM unnest($1, $2) AS u (id, at) WHERE api_keys.id = u.id
                """,
                token, Statements.Of(inOrder.Select(static use => use.Key).ToArray()), Statements.Of(inOrder.Select(static use => use.Value.ToUnixTimeMilliseconds()).ToArray()));
            return inOrder.Count;
        },
        cancellationToken);

    /// <summary>Adds a key in the caller's transaction.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, StoredKey stored, AuditStamp stamp, CancellationToken cancellationToken)
    {
        var key = stored.Key;
        await connection.RunAsync(
            """
            INSERT INTO api_keys (org, id, prefix, last_four, hash, name, role, engineer, created, expires, revoked)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            cancellationToken, Text(key.Org), Text(key.Id), Text(key.Prefix), Text(key.LastFour), Statements.Of(stored.Hash), Text(key.Name),
            TextOrNull(key.EngineerId is null ? RoleName.Of(key.Role) : null), TextOrNull(key.EngineerId), MomentOrNull(key.CreatedAt), MomentOrNull(key.ExpiresAt), MomentOrNull(key.RevokedAt));
        await AuditRows.WriteAsync(connection, AuditEntry.Of(null, key, stamp), cancellationToken);
    }

    /// <summary>Revokes what an engineer has, in the caller's transaction.</summary>
    public static async Task RevokeAllAsync(NpgsqlConnection connection, Engineer engineer, AuditStamp stamp, CancellationToken cancellationToken)
    {
        var keys = await connection.AllAsync(
            $"{Select} WHERE k.org = $1 AND k.engineer = $2 AND k.revoked IS NULL ORDER BY k.id FOR UPDATE OF k", static row => FromRow(row).Stored.Key,
            cancellationToken, Text(engineer.Org), Text(engineer.Id));
        foreach (var key in keys)
        {
            await connection.RunAsync(
                "UPDATE api_keys SET revoked = $3 WHERE org = $1 AND id = $2", cancellationToken, Text(key.Org), Text(key.Id), MomentOrNull(stamp.At));
            await AuditRows.WriteAsync(connection, AuditEntry.Of(key, key with { RevokedAt = stamp.At }, stamp), cancellationToken);
        }
    }

    private static KeyHolder FromRow(NpgsqlDataReader row)
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
        return new(new(key, row.GetFieldValue<byte[]>(4)), row.Text(12), row.GetBoolean(13));
    }
}
