using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>What the numbers in the rows of calls stand for: read before it is asked for, many at once.</summary>
internal sealed class NumberedValues
{
    /// <summary>Series by their numbers.</summary>
    public const string SelectSeries =
        """
        SELECT id, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed, api_key
        FROM series WHERE id = ANY($1)
        """;

    /// <summary>More than these are forgotten between two reads; a page of calls has fewer.</summary>
    private const int KnownMax = 65_536;

    private readonly Dictionary<int, Dimensions> series = [];
    private readonly Dictionary<int, Session> sessions = [];
    private readonly Dictionary<int, RateCard> rateCards = [];
    private readonly Dictionary<int, string> files = [];

    /// <summary>The dimensions of a series that was read.</summary>
    public Dimensions SeriesOf(int number) => series[number];

    /// <summary>A session that was read.</summary>
    public Session SessionOf(int number) => sessions[number];

    /// <summary>A rate card that was read.</summary>
    public RateCard RateCardOf(int number) => rateCards[number];

    /// <summary>The path of a log that was read; empty when there is none.</summary>
    public string FileOf(int number) => files.GetValueOrDefault(number, string.Empty);

    /// <summary>Rows as whole calls.</summary>
    public async Task<List<StoredCall>> ToCallsAsync(NpgsqlConnection connection, List<EventRow> rows, CancellationToken cancellationToken)
    {
        await ReadAsync(
            connection, SelectSeries, rows.ConvertAll(row => row.Place.Series), series, DimensionsOf, cancellationToken);
        await ReadSessionsAsync(connection, rows.ConvertAll(row => row.Place.Session), cancellationToken);
        await ReadRateCardsAsync(connection, rows.ConvertAll(row => row.Place.RateCard), cancellationToken);
        return rows.ConvertAll(row => row.ToCall(this));
    }

    /// <summary>Reads sessions.</summary>
    public Task ReadSessionsAsync(NpgsqlConnection connection, List<int> numbers, CancellationToken cancellationToken) => ReadAsync(
        connection, "SELECT id, key, version, parent FROM sessions WHERE id = ANY($1)", numbers, sessions,
        static row => new Session(row.Text(1), row.Text(2), row.Text(3)), cancellationToken);

    /// <summary>Reads rate cards.</summary>
    public Task ReadRateCardsAsync(NpgsqlConnection connection, List<int> numbers, CancellationToken cancellationToken) => ReadAsync(
        connection, "SELECT id, content FROM rate_cards WHERE id = ANY($1)", numbers, rateCards, static row => RateCard.Parse(row.Text(1)), cancellationToken);

    /// <summary>Reads the paths of logs.</summary>
    public Task ReadFilesAsync(NpgsqlConnection connection, List<int> numbers, CancellationToken cancellationToken) => ReadAsync(
        connection, "SELECT id, path FROM log_files WHERE id = ANY($1)", numbers, files, static row => row.Text(1), cancellationToken);

    private static async Task ReadAsync<TValue>(
        NpgsqlConnection connection, string sql, List<int> numbers, Dictionary<int, TValue> known, Func<NpgsqlDataReader, TValue> read,
        CancellationToken cancellationToken)
    {
        if (known.Count > KnownMax)
        {
            known.Clear();
        }

        var unknown = numbers.Where(number => !known.ContainsKey(number)).Distinct().ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        await using var command = connection.Say(sql, Statements.Of(unknown));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            known[rows.GetInt32(0)] = read(rows);
        }
    }

    /// <summary>Reads a row of <see cref="SelectSeries"/>.</summary>
    public static Dimensions DimensionsOf(NpgsqlDataReader row) => new()
    {
        Org = row.Text(1),
        Agent = row.Text(2),
        Project = row.Text(3),
        Branch = row.Text(4),
        Model = row.Text(5),
        Provider = row.Text(6),
        Team = row.Text(7),
        User = row.Text(8),
        Plan = row.Text(9),
        ModelPack = row.Text(10),
        Role = row.Text(11),
        Environment = row.Text(12),
        BillingMode = row.Text(13),
        Speed = row.Text(14),
        ApiKey = row.Text(15),
    };
}
