using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite;
using Farthing.Storage.Sqlite.Access;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Storage;

/// <summary>
/// The embedded store: one SQLite file with a write-ahead log. One connection writes, one batch after the other; readers
/// have their own and never wait for it.
/// </summary>
/// <remarks>Calls run on the caller's thread: SQLite has nothing to await, and a hop to another thread costs a report more than its query.</remarks>
public sealed class SqliteStore : IUsageStore, ISpendQueries, ISpendValues, IUsageConflicts, IUsageRepeats, IStoreHealth, IAsyncDisposable
{
    private const int ConflictsMax = 1_000;

    private readonly Database database;
    private readonly WriteGate gate;
    private readonly SeriesCatalog series = new();
    private UsageWriter? writer;

    private SqliteStore(Database database, TimeZoneInfo reportingZone)
    {
        this.database = database;
        gate = new(database);
        ReportingZone = reportingZone;
    }

    /// <summary>The version of the SQLite engine in force, for example <c>3.40.1</c>.</summary>
    public static string EngineVersion => Connection.EngineVersion;

    /// <summary>One that is being written, while the one before it goes to the disk.</summary>
    public int WritersMax => 2;

    /// <summary>The zone whose days the rollup sums, fixed when the store was created.</summary>
    public TimeZoneInfo ReportingZone { get; }

    /// <summary>The file, for the other stores in it.</summary>
    internal Database Database => database;

    /// <summary>The one way to write to it.</summary>
    internal WriteGate Gate => gate;

    /// <summary>Its organisations, teams, engineers and keys.</summary>
    public SqliteAccess Access => field ??= new(database, gate);

    /// <summary>The sessions that clients reported.</summary>
    public IAgentSessions Sessions => field ??= new AgentSessionTable(database, gate, WriterOn);

    /// <summary>Opens a store, or creates it with its folder, readable by its owner only.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="reportingZone">The reporting zone of a new store; an existing one keeps the zone it was created with.</param>
    /// <exception cref="StorageFailedException">It cannot be created or opened, belongs to another program or to a newer version.</exception>
    public static SqliteStore Open(string path, TimeZoneInfo reportingZone)
    {
        var opened = Database.Open(path, reportingZone.Id);
        if (string.Equals(opened.ZoneId, reportingZone.Id, StringComparison.Ordinal))
        {
            return new(opened, reportingZone);
        }

        try
        {
            return new(opened, TimeZoneInfo.FindSystemTimeZoneById(opened.ZoneId));
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            opened.Dispose();
            throw new StorageFailedException(
                $"The database {path} counts days in the time zone {opened.ZoneId}, which this machine does not know.", failure);
        }
    }

    /// <inheritdoc cref="Open"/>
    public static Task<SqliteStore> OpenAsync(string path, TimeZoneInfo reportingZone, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Open(path, reportingZone));
    }

    /// <inheritdoc/>
    public Task<AppendResult> AppendPartsAsync(IAsyncEnumerable<UsageBatch> parts, CancellationToken cancellationToken) =>
        gate.WriteAsync(connection => WriterOn(connection).AppendAsync(parts, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, LogPosition>> ReadPositionsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, LogPosition>>(LogFileTable.ReadPositions, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendRow>> SpendAsync(SpendQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new SpendReader(connection, series, new LocalDays(ReportingZone)).Read(query), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendValue>> ValuesAsync(Scope within, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => SeriesTable.ReadValues(connection, within, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionCount>> SessionsAsync(SpendQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new SessionReader(connection, series, new LocalDays(ReportingZone), query).Count(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionSpend>> SessionSpendAsync(SpendQuery query, SessionListPage page, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new SessionReader(connection, series, new LocalDays(ReportingZone), query).ListAsync(page), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> CallPageAsync(SpendQuery query, CallListPage page, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new CallPages(connection).ReadAsync(series, new LocalDays(ReportingZone), query, page), cancellationToken);

    /// <inheritdoc/>
    public Task<PricedCall?> CallAsync(Scope within, EventId id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new CallPages(connection).Find(within, id), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<PricedCall> CallsAsync(SpendQuery query, CancellationToken cancellationToken) =>
        Calls(query, cancellationToken).ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> FindAsync(string org, string name, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new CallReader(connection, series).Find(org, name, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PricedCall>> RunCallsAsync(string org, string run, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => new CallReader(connection, series).OfRun(org, run, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageConflict>> ReadConflictsAsync(string org, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ConflictTable.Read(connection, org, Math.Min(limit, ConflictsMax)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRepeats>> ReadRepeatsAsync(string org, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RepeatTable.Read(connection, org, from, before), cancellationToken);

    /// <inheritdoc/>
    public Task<StoreHealth> ReadHealthAsync(CancellationToken cancellationToken) => database.ReadAsync(
        static connection => new StoreHealth(
            "SQLite", EngineVersion, (connection.Scalar("PRAGMA page_count"u8) ?? 0) * (connection.Scalar("PRAGMA page_size"u8) ?? 0), connection.Scalar("PRAGMA user_version"u8) ?? 0),
        cancellationToken);

    /// <summary>Waits for a batch that is being written and closes the file, with its write-ahead log folded in.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        database.Dispose();
    }

    private UsageWriter WriterOn(Connection connection) => writer ??= new(connection, gate, new(ReportingZone));

    private IEnumerable<PricedCall> Calls(SpendQuery query, CancellationToken cancellationToken)
    {
        var connection = database.Take();
        try
        {
            connection.Execute("BEGIN");
            foreach (var call in new CallReader(connection, series).Calls(query, cancellationToken))
            {
                yield return call;
            }
        }
        finally
        {
            database.GiveBack(connection);
        }
    }
}
