using System.Data;
using System.Runtime.CompilerServices;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Access;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage;

/// <summary>
/// The store of a company: usage in PostgreSQL, written and read by any number of processes at the same time. Keeps what
/// the embedded store keeps, judged by the same rules.
/// </summary>
public sealed class PostgresStore : IUsageStore, ISpendQueries, ISpendValues, IUsageConflicts, IUsageRepeats, IStoreHealth, IDisposable
{
    private const int ConflictsMax = 1_000;

    private const string ZoneSetting = "reporting_zone";

    private readonly PostgresDatabase database;
    private readonly SeriesCatalog series = new();
    private readonly UsageWriters writers;

    private PostgresStore(PostgresDatabase database, TimeZoneInfo reportingZone)
    {
        this.database = database;
        ReportingZone = reportingZone;
        writers = new(database, reportingZone);
    }

    /// <summary>The zone whose days the rollup sums, fixed when the store was created.</summary>
    public TimeZoneInfo ReportingZone { get; }

    /// <summary>Opens the store of a database, which outlives it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="reportingZone">The reporting zone of a new store; an existing one keeps the zone it was created with.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="StorageFailedException">The server failed, or the store's zone is unknown here.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresDatabase database, TimeZoneInfo reportingZone, CancellationToken cancellationToken)
    {
        var zone = await database.DoAsync(token => ReadZoneAsync(database, reportingZone.Id, token), cancellationToken);
        try
        {
            return new(database, zone == reportingZone.Id ? reportingZone : TimeZoneInfo.FindSystemTimeZoneById(zone));
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new StorageFailedException(
                $"The database {database.Url} counts days in the time zone {zone}, which this machine does not know.", failure);
        }
    }

    /// <inheritdoc/>
    public int WritersMax => UsageWriters.WritersMax;

    /// <inheritdoc/>
    public async Task<AppendResult> AppendPartsAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken)
    {
        var batch = await AppendBatch.ReadAsync(parts, cancellationToken);
        return await writers.WriteAsync((writer, token) => writer.AppendAsync(batch, token), cancellationToken);
    }

    /// <summary>The sessions that clients reported.</summary>
    public IAgentSessions Sessions => field ??= new AgentSessionStore(database, writers);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, LogPosition>> ReadPositionsAsync(CancellationToken cancellationToken) =>
        ReadAsync(LogRows.ReadPositionsAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken) => ReadAsync(
        (connection, token) => new SpendReader(connection, series, new LocalDays(ReportingZone)).ReadAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendValue>> ValuesAsync(Scope within, int limit, CancellationToken cancellationToken) => ReadAsync(
        async (connection, token) => SeriesText.InOrder(await connection.ReadAsync(SeriesText.Values(within, limit), SeriesText.ReadValue, token)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionCount>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken) => ReadAsync(
        (connection, token) => new SessionReader(connection, series, new LocalDays(ReportingZone), query, token).CountAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionSpend>> SessionSpendAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken) => ReadAsync(
        (connection, token) => new SessionReader(connection, series, new LocalDays(ReportingZone), query, token).ListAsync(page), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> CallPageAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken) => ReadAsync(
        (connection, token) => new CallPages(connection, token).ReadAsync(series, new LocalDays(ReportingZone), query, page), cancellationToken);

    /// <inheritdoc/>
    public Task<PricedCall?> CallAsync(Scope within, EventId id, CancellationToken cancellationToken) =>
        ReadAsync((connection, token) => new CallPages(connection, token).FindAsync(within, id), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.DoAsync(async token => await database.Source.OpenConnectionAsync(token), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var calls = new CallReader(connection, series).CallsAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await database.DoAsync(async _ => await calls.MoveNextAsync(), cancellationToken))
        {
            yield return calls.Current;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken) =>
        ReadAsync((connection, token) => new CallReader(connection, series).FindAsync(org, name, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken) =>
        ReadAsync((connection, token) => new CallReader(connection, series).OfRunAsync(org, run, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageConflict>> ReadConflictsAsync(string org, int limit, CancellationToken cancellationToken) =>
        ReadAsync((connection, token) => ReadConflictsAsync(connection, org, Math.Min(limit, ConflictsMax), token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRepeats>> ReadRepeatsAsync(string org, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) => ReadAsync(
        (connection, token) => connection.ReadAsync(RepeatText.Sums(org, from, before), static row => RepeatText.Read(row), token), cancellationToken);

    /// <inheritdoc/>
    public Task<StoreHealth> ReadHealthAsync(CancellationToken cancellationToken) => ReadAsync(
        async (connection, token) => (await connection.ReadAsync(
            new SqlText().Add("SELECT pg_database_size(current_database()), (SELECT CAST(max(number) AS BIGINT) FROM schema_migrations)"),
            row => new StoreHealth("PostgreSQL", database.ServerVersion.ToString(), row.Integer(0), row.Integer(1)),
            token))[0],
        cancellationToken);

    /// <summary>Writes no more; the database stays open.</summary>
    public void Dispose() => writers.Dispose();

    private static async Task<string> ReadZoneAsync(PostgresDatabase database, string zone, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var insert = connection.Say(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", Statements.Of(ZoneSetting), Statements.Of(zone));
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var select = connection.Say("SELECT value FROM settings WHERE name = $1", Statements.Of(ZoneSetting));
        return (string)(await select.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<IReadOnlyList<UsageConflict>> ReadConflictsAsync(
        NpgsqlConnection connection, string org, int limit, CancellationToken cancellationToken)
    {
        var conflicts = new List<UsageConflict>();
        await using var command = connection.Say(
            "SELECT event, at, reason, payload FROM conflicts WHERE org = $1 ORDER BY id DESC LIMIT $2",
            Statements.Of(PostgresText.Write(org)), Statements.Of(limit));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            conflicts.Add(new(rows.Id(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)), rows.Text(2), rows.Text(3)));
        }

        return conflicts;
    }

    /// <summary>Reads in one transaction, so that all parts of an answer are of the same moment.</summary>
    private Task<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => database.DoAsync(
        async token =>
        {
            await using var connection = await database.Source.OpenConnectionAsync(token);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
            return await read(connection, token);
        },
        cancellationToken);
}
