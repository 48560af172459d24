using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>The engineers, and the keys that are made for them.</summary>
internal sealed class EngineerRows(PostgresDatabase database) : IEngineers
{
    private const string Columns = "org, id, name, email, team, role, active, avatar_url, github_username, display_name, created";
    private const string SelectOne = $"SELECT {Columns} FROM engineers WHERE org = $1 AND id = $2";

    private static readonly Problem EmailTaken = new(ProblemKind.Conflict, "email_taken", "Another engineer has this address.", "email");

    /// <inheritdoc/>
    public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => WriteAsync(
        async (connection, token) =>
        {
            await connection.RunAsync(
                $"INSERT INTO engineers ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                token, [.. Parameters(engineer), MomentOrNull(engineer.CreatedAt)]);
            await AuditRows.WriteAsync(connection, AuditEntry.Of(null, engineer, stamp), token);
            await ApiKeyRows.AddAsync(connection, key, stamp, token);
            return engineer;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.FirstAsync(SelectOne, FromRow, token, Text(org), Text(id)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.AllAsync(
            // By the numbers of ScopeReach.
            $"""
            SELECT {Columns} FROM engineers
            WHERE org = $1 AND id > $2 AND CASE $3 WHEN 3 THEN true WHEN 2 THEN team = $4 WHEN 1 THEN id = $4 ELSE false END
            ORDER BY id LIMIT $5
            """,
            FromRow, token, Text(scope.Org), Text(page.After), Statements.Of((int)scope.Reach), Text(scope.Id), Statements.Of(page.Limit)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) => WriteAsync(
        async (connection, token) =>
        {
            if (await connection.FirstAsync($"{SelectOne} FOR UPDATE", FromRow, token, Text(org), Text(id)) is not { } before)
            {
                return Problem.NotFound("engineer");
            }

            var after = change(before);
            if (after == before)
            {
                return before;
            }

            await connection.RunAsync(
                """
                UPDATE engineers SET name = $3, email = $4, team = $5, role = $6, active = $7, avatar_url = $8, github_username = $9, display_name = $10
                WHERE org = $1 AND id = $2
                """,
                token, Parameters(after));
            await AuditRows.WriteAsync(connection, AuditEntry.Of(before, after, stamp), token);
            return after;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => WriteAsync(
        async (connection, token) =>
        {
            // Locked, so that of two that replace at the same time one key remains.
            if (key.Key.EngineerId is not { } id || await connection.FirstAsync($"{SelectOne} FOR UPDATE", FromRow, token, Text(key.Key.Org), Text(id)) is not { } engineer)
            {
                return Problem.NotFound("engineer");
            }

            await ApiKeyRows.RevokeAllAsync(connection, engineer, stamp, token);
            await ApiKeyRows.AddAsync(connection, key with { Key = key.Key with { Role = engineer.Role } }, stamp, token);
            return engineer;
        },
        cancellationToken);

    /// <summary>Writes in one transaction; the only thing that two engineers cannot share is an address.</summary>
    private Task<Result<Engineer>> WriteAsync(Func<NpgsqlConnection, CancellationToken, Task<Result<Engineer>>> write, CancellationToken cancellationToken) =>
        database.DoAsync(
            async outer =>
            {
                try
                {
                    await using var connection = await database.Source.OpenConnectionAsync(outer);
                    await using var transaction = await connection.BeginTransactionAsync(outer);
                    var result = await write(connection, outer);
                    await transaction.CommitAsync(outer);
                    return result;
                }
                catch (PostgresException failure) when (failure is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "engineers_by_email" })
                {
                    return EmailTaken;
                }
            },
            cancellationToken);

    private static NpgsqlParameter[] Parameters(Engineer engineer) =>
    [
        Text(engineer.Org), Text(engineer.Id), Text(engineer.Name), Text(engineer.Email), TextOrNull(engineer.TeamId), Text(RoleName.Of(engineer.Role)),
        Statements.Of(engineer.IsActive), TextOrNull(engineer.AvatarUrl), TextOrNull(engineer.GithubUsername), TextOrNull(engineer.DisplayName),
    ];

    private static Engineer FromRow(NpgsqlDataReader row) => new()
    {
        Org = row.Text(0),
        Id = row.Text(1),
        Name = row.Text(2),
        Email = row.Text(3),
        TeamId = row.TextOrNull(4),
        Role = RoleName.Parse(row.Text(5)) ?? Role.Engineer,
        IsActive = row.GetBoolean(6),
        AvatarUrl = row.TextOrNull(7),
        GithubUsername = row.TextOrNull(8),
        DisplayName = row.TextOrNull(9),
        CreatedAt = row.Moment(10),
    };
}
