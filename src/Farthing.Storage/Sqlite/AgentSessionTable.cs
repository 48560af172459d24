using Farthing.Storage.Sql;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sqlite;

/// <summary>The reported sessions of the embedded store.</summary>
/// <param name="database">The file.</param>
/// <param name="gate">The one way to write to it.</param>
/// <param name="writerOf">The store's writer of usage on the gate's connection.</param>
internal sealed class AgentSessionTable(Database database, WriteGate gate, Func<Connection, UsageWriter> writerOf) : IAgentSessions
{
    private const string EngineersIndex = "INDEXED BY agent_sessions_of_engineers";

    /// <inheritdoc/>
    public Task<T> ChangeAsync<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change, CancellationToken cancellationToken) =>
        gate.WriteAsync(connection => writerOf(connection).ChangeSessions(org, ids, change), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AgentSession>> ListAsync(SessionQuery query, Page page, CancellationToken cancellationToken) =>
        ReadAsync(AgentSessionText.List(query, page), AgentSessionRow.Read, cancellationToken);

    /// <inheritdoc/>
    public async Task<AgentSession?> FindAsync(Scope within, string id, CancellationToken cancellationToken) =>
        await ReadAsync(AgentSessionText.One(within, id), AgentSessionRow.Read, cancellationToken) is [var session] ? session : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionFacts>> FactsAsync(SessionQuery query, Page page, CancellationToken cancellationToken) =>
        ReadAsync(AgentSessionText.Facts(query, page), AgentSessionText.ReadFacts, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionTally>> TallyAsync(SessionQuery query, CancellationToken cancellationToken) =>
        ReadAsync(SessionTallies.Tally(query, "sum"), AgentSessionText.ReadTally, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EngineerBillingMode>> BillingModesAsync(SessionQuery query, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(AgentSessionText.BillingModes(query, EngineersIndex), static row => new EngineerBillingMode(row.Text(0), row.Text(1)), cancellationToken))
            .Where(static mode => mode.BillingMode.Length > 0),
    ];

    private Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<Statement, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<T>>(
            connection =>
            {
                using var rows = connection.Prepare(sql);
                var found = new List<T>();
                while (rows.Step())
                {
                    found.Add(read(rows));
                }

                return found;
            },
            cancellationToken);
}
