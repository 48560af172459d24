using Farthing.Storage.Postgres.Engine;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Npgsql;
using static Farthing.Storage.Postgres.Access.AccessStatements;

namespace Farthing.Storage.Postgres.Access;

/// <summary>The teams.</summary>
internal sealed class TeamRows(PostgresDatabase database) : ITeams
{
    private const string SelectOne = "SELECT org, id, name, created FROM teams WHERE org = $1 AND id = $2";

    /// <inheritdoc/>
    public Task<Result<Team>> AddAsync(Team team, AuditStamp stamp, CancellationToken cancellationToken) => database.InTransactionAsync<Result<Team>>(
        async (connection, token) =>
        {
            await LockNamesAsync(connection, team.Org, token);
            if (await IsTakenAsync(connection, team, token))
            {
                return ManageTeams.NameTaken;
            }

            await connection.RunAsync(
                "INSERT INTO teams (org, id, name, created) VALUES ($1, $2, $3, $4)", token, Text(team.Org), Text(team.Id), Text(team.Name), MomentOrNull(team.CreatedAt));
            await AuditRows.WriteAsync(connection, AuditEntry.Of(null, team, stamp), token);
            return team;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Team?> FindAsync(string org, string id, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.FirstAsync(SelectOne, FromRow, token, Text(org), Text(id)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Team>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => database.WithConnectionAsync(
        (connection, token) => connection.AllAsync(
            // By the numbers of ScopeReach; an engineer's own scope holds the team they are in.
            """
            SELECT org, id, name, created FROM teams
            WHERE org = $1 AND id > $2
              AND CASE $3
                    WHEN 3 THEN true
                    WHEN 2 THEN id = $4
                    WHEN 1 THEN id = (SELECT team FROM engineers WHERE org = $1 AND id = $4)
                    ELSE false
                  END
            ORDER BY id LIMIT $5
            """,
            FromRow, token, Text(scope.Org), Text(page.After), Statements.Of((int)scope.Reach), Text(scope.Id), Statements.Of(page.Limit)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Team>> ChangeAsync(string org, string id, Func<Team, Team> change, AuditStamp stamp, CancellationToken cancellationToken) => database.InTransactionAsync<Result<Team>>(
        async (connection, token) =>
        {
            await LockNamesAsync(connection, org, token);
            var before = await connection.FirstAsync($"{SelectOne} FOR UPDATE", FromRow, token, Text(org), Text(id));
            if (before is null)
            {
                return Problem.NotFound("team");
            }

            var after = change(before);
            if (after == before)
            {
                return before;
            }

            if (await IsTakenAsync(connection, after, token))
            {
                return ManageTeams.NameTaken;
            }

            await connection.RunAsync("UPDATE teams SET name = $3 WHERE org = $1 AND id = $2", token, Text(org), Text(id), Text(after.Name));
            await AuditRows.WriteAsync(connection, AuditEntry.Of(before, after, stamp), token);
            return after;
        },
        cancellationToken);

    /// <summary>Whoever gives a team of the organisation a name waits for the others who do; what only refers to it does not.</summary>
    private static Task LockNamesAsync(NpgsqlConnection connection, string org, CancellationToken token) =>
        connection.RunAsync("SELECT id FROM orgs WHERE id = $1 FOR NO KEY UPDATE", token, Text(org));

    /// <summary>Whether another team has the name.</summary>
    private static async Task<bool> IsTakenAsync(NpgsqlConnection connection, Team team, CancellationToken token)
    {
        var others = await connection.AllAsync("SELECT name FROM teams WHERE org = $1 AND id <> $2", static row => row.Text(0), token, Text(team.Org), Text(team.Id));
        return others.Any(name => ItemNames.AreSame(name, team.Name));
    }

    private static Team FromRow(NpgsqlDataReader row) => new(row.Text(0), row.Text(1), row.Text(2), row.Moment(3));
}
