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

    /// <summary>Adds the rows of a statement as they come, and at last those whose series nobody has read yet.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="rowOf">Reads a row.</param>
    /// <param name="seriesOf">The series of a row.</param>
    /// <param name="add">Takes a row whose series can be told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync<T>(SqlText sql, Func<NpgsqlDataReader, T> rowOf, Func<T, int> seriesOf, Action<T> add, CancellationToken cancellationToken)
    {
        var unknown = new List<T>();
        await using (var command = connection.Say(sql))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var row = rowOf(rows);
                if (Knows(seriesOf(row)))
                {
                    add(row);
                }
                else
                {
                    unknown.Add(row);
                }
            }
        }

        await ReadAsync(unknown.Select(seriesOf), cancellationToken);
        unknown.ForEach(add);
    }

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

    private bool Knows(int number) => read.ContainsKey(number) || (catalog.Find(number) is { } known && read.TryAdd(number, known));
}
