using System.Globalization;
using System.Text;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class SqliteLedgerTamperingTests
{
    private const string DropTriggers =
        """
        PRAGMA ignore_check_constraints = ON;
        DROP TRIGGER transactions_are_not_changed; DROP TRIGGER transactions_are_not_deleted;
        DROP TRIGGER entries_are_not_changed; DROP TRIGGER entries_are_not_deleted; DROP TRIGGER closed_months_stay_closed;
        """;

    /// <summary>P7: one bit, in every column of every row that was booked.</summary>
    [Fact]
    public async Task A_flipped_bit_anywhere_is_found_and_located()
    {
        await using var ledger = new SqliteLedgerUnderTest();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.AskAsync(Reserve("h1", Of(5)));
        await ledger.AskAsync(Capture("h1", Of(4)));
        await ledger.AskAsync(new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(-1), Reason = "test", Actor = "me" });
        using var connection = Connection.Open(ledger.Path, readOnly: false, 10_000);
        connection.Execute(DropTriggers);
        var flips = 0;
        foreach (var table in new[] { "transactions", "entries" })
        {
            foreach (var (column, sequence, line) in Cells(connection, table))
            {
                var (before, after) = Flip(connection, table, column, sequence, line, flips);
                if (before is null)
                {
                    continue;
                }

                var broken = (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation)).Broken;
                broken.ShouldNotBeNull($"{table}.{column} of {sequence}: {before} became {after}");
                broken.Sequence.ShouldBeInRange(1, sequence, $"{table}.{column}");
                if (column != "seq")
                {
                    broken.Sequence.ShouldBe(sequence, $"{table}.{column}");
                }

                Restore(connection, table, before, after!);
                flips++;
            }
        }

        flips.ShouldBeGreaterThan(60);
        (await new VerifyLedger(ledger.Upkeep).VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
    }

    private static List<(string Column, long Sequence, long Line)> Cells(Connection connection, string table)
    {
        using var rows = connection.Prepare(Encoding.UTF8.GetBytes($"SELECT * FROM {table}"));
        var cells = new List<(string Column, long Sequence, long Line)>();
        while (rows.Step())
        {
            for (var column = 0; column < rows.ColumnCount; column++)
            {
                cells.Add((rows.ColumnName(column), rows.Integer(1), table == "entries" ? rows.Integer(2) : 0));
            }
        }

        return cells;
    }

    /// <summary>Flips one bit of a cell; tells the row before, and where it is afterwards. Nothing for a cell without bits.</summary>
    private static (string? Before, string? After) Flip(Connection connection, string table, string column, long sequence, long line, int number)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal) { ["org"] = $"'{Org}'", ["seq"] = Text(sequence) };
        if (line > 0)
        {
            keys["line"] = Text(line);
        }

        var where = Where(keys);
        var before = Row(connection, table, where);
        var flipped = Flipped(connection, $"SELECT {column} FROM {table} WHERE {where}", keys.ContainsKey(column) ? 3 + (number % 50) : number * 7 % 62);
        if (flipped is null)
        {
            return default;
        }

        connection.Execute($"UPDATE {table} SET {column} = {flipped} WHERE {where}");
        if (keys.ContainsKey(column))
        {
            keys[column] = flipped;
        }

        return (before, Where(keys));
    }

    private static string Where(Dictionary<string, string> keys) => string.Join(" AND ", keys.Select(key => $"{key.Key} = {key.Value}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Flipped(Connection connection, string select, int bit)
    {
        using var cell = connection.Prepare(Encoding.UTF8.GetBytes(select));
        cell.Step().ShouldBeTrue();
        if (cell.ColumnType(0) == 1)
        {
            return Text(cell.Integer(0) ^ (1L << bit));
        }

        var bytes = cell.Bytes(0);
        if (bytes.Length == 0)
        {
            return null;
        }

        bytes[bit % bytes.Length] ^= (byte)(1 << (bit % 8));
        return cell.ColumnType(0) == 4 ? $"x'{Convert.ToHexString(bytes)}'" : $"CAST(x'{Convert.ToHexString(bytes)}' AS TEXT)";
    }

    private static string Row(Connection connection, string table, string where)
    {
        using var row = connection.Prepare(Encoding.UTF8.GetBytes($"SELECT * FROM {table} WHERE {where}"));
        row.Step().ShouldBeTrue();
        var values = Enumerable.Range(0, row.ColumnCount).Select(column => row.ColumnType(column) switch
        {
            1 => row.Integer(column).ToString(CultureInfo.InvariantCulture),
            4 => $"x'{Convert.ToHexString(row.Bytes(column))}'",
            _ => $"CAST(x'{Convert.ToHexString(row.Bytes(column))}' AS TEXT)",
        }).ToList();
        row.Reset();
        return string.Join(", ", values);
    }

    private static void Restore(Connection connection, string table, string before, string after) =>
        connection.Execute($"DELETE FROM {table} WHERE {after}; INSERT INTO {table} VALUES ({before})");
}
