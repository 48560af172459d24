using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>The teams.</summary>
internal sealed class TeamTable(Database database, WriteGate gate) : ITeams
{
    /// <inheritdoc/>
    public Task<Result<Team>> AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync<Result<Team>>(
        connection =>
        {
            if (IsTaken(connection, team))
            {
                return ManageTeams.NameTaken;
            }

            using var insert = connection.Prepare("INSERT INTO teams (org, id, name, created) VALUES (?1, ?2, ?3, ?4)"u8);
            insert.Bind(1, team.Org);
            insert.Bind(2, team.Id);
            insert.Bind(3, team.Name);
            insert.BindMoment(4, team.CreatedAt);
            insert.Run();
            AuditTable.Write(connection, AuditEntry.Of(null, team, stamp));
            return team;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Find(connection, org, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Team>>(connection => List(connection, scope, page), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Team>> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken) => gate.WriteAsync<Result<Team>>(
        connection =>
        {
            if (Find(connection, org, id) is not { } before)
            {
                return Problem.NotFound("team");
            }

            var after = change(before);
            if (after == before)
            {
                return before;
            }

            if (IsTaken(connection, after))
            {
                return ManageTeams.NameTaken;
            }

            using var update = connection.Prepare("UPDATE teams SET name = ?3 WHERE org = ?1 AND id = ?2"u8);
            update.Bind(1, org);
            update.Bind(2, id);
            update.Bind(3, after.Name);
            update.Run();
            AuditTable.Write(connection, AuditEntry.Of(before, after, stamp));
            return after;
        },
        cancellationToken);

    /// <summary>Whether another team has the name; nobody else writes until this is decided.</summary>
    private static bool IsTaken(Connection connection, Team team)
    {
        using var others = connection.Prepare("SELECT name FROM teams WHERE org = ?1 AND id <> ?2"u8);
        others.Bind(1, team.Org);
        others.Bind(2, team.Id);
        while (others.Step())
        {
            if (ItemNames.AreSame(others.Text(0), team.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static Team? Find(Connection connection, string org, string id)
    {
        using var row = connection.Prepare("SELECT org, id, name, created FROM teams WHERE org = ?1 AND id = ?2"u8);
        row.Bind(1, org);
        row.Bind(2, id);
        return row.Step() ? FromRow(row) : null;
    }

    private static List<Team> List(Connection connection, Scope scope, Page page)
    {
        // By the numbers of ScopeReach; an engineer's own scope holds the team they are in.
        using var rows = connection.Prepare(
            """
            SELECT org, id, name, created FROM teams
            WHERE org = ?1 AND id > ?2
              AND CASE ?3
                    WHEN 3 THEN 1
                    WHEN 2 THEN id = ?4
                    WHEN 1 THEN id = (SELECT team FROM engineers WHERE org = ?1 AND id = ?4)
                    ELSE 0
                  END
            ORDER BY id LIMIT ?5
            """u8);
        rows.Bind(1, scope.Org);
        rows.Bind(2, page.After);
        rows.Bind(3, (int)scope.Reach);
        rows.Bind(4, scope.Id);
        rows.Bind(5, page.Limit);
        var teams = new List<Team>();
        while (rows.Step())
        {
            teams.Add(FromRow(rows));
        }

        return teams;
    }

    private static Team FromRow(Statement row) => new(row.Text(0), row.Text(1), row.Text(2), row.Moment(3));
}
