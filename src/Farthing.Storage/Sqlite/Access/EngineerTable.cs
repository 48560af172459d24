using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>The engineers, and the keys that are made for them.</summary>
internal sealed class EngineerTable(Database database, WriteGate gate) : IEngineers
{
    private static readonly Problem EmailTaken = new(ProblemKind.Conflict, "email_taken", "Another engineer has this address.", "email");

    /// <inheritdoc/>
    public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync<Result<Engineer>>(
        connection =>
        {
            if (IsTaken(connection, engineer))
            {
                return EmailTaken;
            }

            using var insert = connection.Prepare(
                """
                INSERT INTO engineers (org, id, name, email, team, role, active, avatar_url, github_username, display_name, created)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                """u8);
            Bind(insert, engineer);
            insert.BindMoment(11, engineer.CreatedAt);
            insert.Run();
            AuditTable.Write(connection, AuditEntry.Of(null, engineer, stamp));
            ApiKeyTable.Add(connection, key, stamp);
            return engineer;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Find(connection, org, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Engineer>>(connection => List(connection, scope, page), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) =>
        gate.WriteAsync(connection => Change(connection, org, id, change, stamp), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync<Result<Engineer>>(
        connection =>
        {
            if (key.Key.EngineerId is not { } id || Find(connection, key.Key.Org, id) is not { } engineer)
            {
                return Problem.NotFound("engineer");
            }

            ApiKeyTable.RevokeAllOf(connection, engineer, stamp);
            ApiKeyTable.Add(connection, key with { Key = key.Key with { Role = engineer.Role } }, stamp);
            return engineer;
        },
        cancellationToken);

    private static Result<Engineer> Change(Connection connection, string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp)
    {
        if (Find(connection, org, id) is not { } before)
        {
            return Problem.NotFound("engineer");
        }

        var after = change(before);
        if (after == before)
        {
            return before;
        }

        if (IsTaken(connection, after))
        {
            return EmailTaken;
        }

        using var update = connection.Prepare(
            """
            UPDATE engineers SET name = ?3, email = ?4, team = ?5, role = ?6, active = ?7, avatar_url = ?8, github_username = ?9, display_name = ?10
            WHERE org = ?1 AND id = ?2
            """u8);
        Bind(update, after);
        update.Run();
        AuditTable.Write(connection, AuditEntry.Of(before, after, stamp));
        return after;
    }

    private static bool IsTaken(Connection connection, Engineer engineer)
    {
        using var other = connection.Prepare("SELECT 1 FROM engineers WHERE org = ?1 AND lower(email) = lower(?2) AND id <> ?3"u8);
        other.Bind(1, engineer.Org);
        other.Bind(2, engineer.Email);
        other.Bind(3, engineer.Id);
        return other.Step();
    }

    private static void Bind(Statement statement, Engineer engineer)
    {
        statement.Bind(1, engineer.Org);
        statement.Bind(2, engineer.Id);
        statement.Bind(3, engineer.Name);
        statement.Bind(4, engineer.Email);
        statement.Bind(5, engineer.TeamId);
        statement.Bind(6, RoleName.Of(engineer.Role));
        statement.Bind(7, engineer.IsActive ? 1 : 0);
        statement.Bind(8, engineer.AvatarUrl);
        statement.Bind(9, engineer.GithubUsername);
        statement.Bind(10, engineer.DisplayName);
    }

    private static Engineer? Find(Connection connection, string org, string id)
    {
        using var row = connection.Prepare(
            """
            SELECT org, id, name, email, team, role, active, avatar_url, github_username, display_name, created
            FROM engineers WHERE org = ?1 AND id = ?2
            """u8);
        row.Bind(1, org);
        row.Bind(2, id);
        return row.Step() ? FromRow(row) : null;
    }

    private static List<Engineer> List(Connection connection, Scope scope, Page page)
    {
        // By the numbers of ScopeReach.
        using var rows = connection.Prepare(
            """
            SELECT org, id, name, email, team, role, active, avatar_url, github_username, display_name, created
            FROM engineers
            WHERE org = ?1 AND id > ?2 AND CASE ?3 WHEN 3 THEN 1 WHEN 2 THEN team = ?4 WHEN 1 THEN id = ?4 ELSE 0 END
            ORDER BY id LIMIT ?5
            """u8);
        rows.Bind(1, scope.Org);
        rows.Bind(2, page.After);
        rows.Bind(3, (int)scope.Reach);
        rows.Bind(4, scope.Id);
        rows.Bind(5, page.Limit);
        var engineers = new List<Engineer>();
        while (rows.Step())
        {
            engineers.Add(FromRow(rows));
        }

        return engineers;
    }

    private static Engineer FromRow(Statement row) => new()
    {
        Org = row.Text(0),
        Id = row.Text(1),
        Name = row.Text(2),
        Email = row.Text(3),
        TeamId = row.TextOrNull(4),
        Role = RoleName.Parse(row.Text(5)) ?? Role.Engineer,
        IsActive = row.Integer(6) != 0,
        AvatarUrl = row.TextOrNull(7),
        GithubUsername = row.TextOrNull(8),
        DisplayName = row.TextOrNull(9),
        CreatedAt = row.Moment(10),
    };
}
