using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Reads the series that an answer names and nobody has read yet.</summary>
internal sealed class SeriesReading(NpgsqlConnection connection, SeriesCatalog catalog)
{
    private readonly Dictionary<int, Dimensions> read = [];

    /// <summary>The dimensions of a series that was asked for.</summary>
    public Dimensions Of(int number) => read[number];

    /// <summary>Whether a series can be told.</summary>
    public bool Knows(int number) => read.ContainsKey(number) || (catalog.Find(number) is { } known && read.TryAdd(number, known));

    /// <summary>Makes sure that series can be told.</summary>
    public async Task ReadAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        var unknown = new List<int>();
        foreach (var number in numbers)
        {
            if (!Knows(number))
            {
                read.Add(number, new());
                unknown.Add(number);
            }
        }

        if (unknown.Count == 0)
        {
            return;
        }

        await using var command = connection.Say(NumberedValues.SelectSeries, Statements.Of(unknown.ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (number, dimensions) = (rows.GetInt32(0), NumberedValues.DimensionsOf(rows));
            read[number] = dimensions;
            catalog.Remember(number, dimensions);
        }
    }
}
