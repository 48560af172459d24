using System.Security.Cryptography;
using System.Text;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>
/// A table in which values are stored once and referred to by number. A value becomes durable before the events that
/// refer to it and means nothing by itself; it is never changed or deleted, so what is remembered stays true whatever
/// becomes of a batch.
/// </summary>
/// <param name="table">The name of the table.</param>
/// <param name="key">The column that holds the hash of a value.</param>
/// <param name="columns">The other columns, in the order of <paramref name="fields"/>.</param>
/// <param name="keyOf">The hash of a value.</param>
/// <param name="fields">The columns of values.</param>
/// <param name="comparer">When two values are the same.</param>
internal sealed class NumberedTable<TValue>(
    string table, string key, string columns, Func<TValue, byte[]> keyOf, Func<TValue[], NpgsqlParameter[]> fields, IEqualityComparer<TValue> comparer)
    where TValue : class
{
    private const byte Separator = 0xFF;

    private readonly KnownNumbers<TValue> known = new(comparer);
    private readonly HashSet<TValue> missing = new(comparer);

    private readonly string select = $"SELECT {key}, id FROM {table} WHERE {key} = ANY($1)";

    /// <summary>The number of a value, if it is known; otherwise it is noted for <see cref="StoreNotedAsync"/>.</summary>
    public int? FindOrNote(TValue value)
    {
        if (known.TryFind(value, out var number))
        {
            return number;
        }

        missing.Add(value);
        return null;
    }

    /// <summary>Forgets everything when there is too much of it; between batches only.</summary>
    public void Trim() => known.Trim();

    /// <summary>Gives numbers to the values that were noted.</summary>
    public async Task StoreNotedAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
        {
            return;
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await FindAsync(connection, ByKey(), cancellationToken);
        if (missing.Count > 0)
        {
            await InsertAsync(connection, cancellationToken);
            await FindAsync(connection, ByKey(), cancellationToken);
        }

        if (missing.Count > 0)
        {
            missing.Clear();
            throw new InvalidOperationException($"A value that was stored in {table} cannot be found.");
        }
    }

    /// <summary>The hash that names texts in their order.</summary>
    public static byte[] HashOf(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            // No UTF-8 text holds this byte, so no two lists of texts look the same.
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([Separator]);
        }

        return hash.GetHashAndReset()[..(SHA256.HashSizeInBytes / 2)];
    }

    /// <summary>In order of the key, so that processes that store the same values wait for each other in one direction.</summary>
    private SortedDictionary<string, List<TValue>> ByKey()
    {
        var ordered = new SortedDictionary<string, List<TValue>>(StringComparer.Ordinal);
        foreach (var value in missing)
        {
            var hash = Convert.ToHexString(keyOf(value));
            if (!ordered.TryGetValue(hash, out var same))
            {
                ordered[hash] = same = [];
            }

            same.Add(value);
        }

        return ordered;
    }

    private async Task FindAsync(NpgsqlConnection connection, SortedDictionary<string, List<TValue>> wanted, CancellationToken cancellationToken)
    {
        await using var command = connection.Say(select, Statements.Of(wanted.Keys.Select(Convert.FromHexString).ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            foreach (var value in wanted[Convert.ToHexString((byte[])rows.GetValue(0))])
            {
                known.Remember(value, rows.GetInt32(1));
                missing.Remove(value);
            }
        }
    }

    private async Task InsertAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var values = ByKey();
        NpgsqlParameter[] parameters = [Statements.Of(values.Keys.Select(Convert.FromHexString).ToArray()), .. fields([.. values.Values.Select(same => same[0])])];
        var arrays = string.Join(", ", Enumerable.Range(1, parameters.Length).Select(number => $"${number}"));
        await using var command = connection.Say(
            $"INSERT INTO {table} ({key}, {columns}) SELECT * FROM unnest({arrays}) ON CONFLICT ({key}) DO NOTHING", parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
