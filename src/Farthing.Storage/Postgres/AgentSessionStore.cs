using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Postgres;

/// <summary>The reported sessions of a database.</summary>
/// <param name="database">The database.</param>
/// <param name="writers">The store's writers of usage, which write what sessions count for.</param>
internal sealed class AgentSessionStore(PostgresDatabase database, UsageWriters writers) : IAgentSessions
{
    /// <inheritdoc/>
    public Task<T> ChangeAsync<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change, CancellationToken cancellationToken) =>
        writers.WriteAsync((writer, token) => writer.ChangeSessionsAsync(org, ids, change, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AgentSession>> ListAsync(SessionQuery query, Page page, CancellationToken cancellationToken) =>
        ReadAsync(AgentSessionText.List(query, page), static row => AgentSessionRow.Read(row), cancellationToken);

    /// <inheritdoc/>
    public async Task<AgentSession?> FindAsync(Scope within, string id, CancellationToken cancellationToken) =>
        await ReadAsync(AgentSessionText.One(within, id), static row => AgentSessionRow.Read(row), cancellationToken) is [var session] ? session : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionFacts>> FactsAsync(SessionQuery query, Page page, CancellationToken cancellationToken) =>
        ReadAsync(AgentSessionText.Facts(query, page), static row => AgentSessionText.ReadFacts(row), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionTally>> TallyAsync(SessionQuery query, CancellationToken cancellationToken) =>
        ReadAsync(SessionTallies.Tally(query, "whole_sum"), static row => AgentSessionText.ReadTally(row), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EngineerBillingMode>> BillingModesAsync(SessionQuery query, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(AgentSessionText.BillingModes(query), static row => new EngineerBillingMode(row.Text(0), row.Text(1)), cancellationToken))
            .Where(static mode => mode.BillingMode.Length > 0),
    ];

    private Task<IReadOnlyList<T>> ReadAsync<T>(SqlText sql, Func<PostgresRow, T> read, CancellationToken cancellationToken) => database.DoAsync(
        async token =>
        {
            await using var connection = await database.Source.OpenConnectionAsync(token);
            return await connection.ReadAsync(sql, read, token);
        },
        cancellationToken);
}
