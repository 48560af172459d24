using System.Globalization;
using System.Text;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>P7: one bit, in every column of every row of every table of the ledger.</summary>
public sealed class SqliteLedgerTamperingTests
{
    private const string DropTriggers =
        """
        PRAGMA ignore_check_constraints = ON;
        DROP TRIGGER transactions_are_not_changed; DROP TRIGGER transactions_are_not_deleted;
        DROP TRIGGER entries_are_not_changed; DROP TRIGGER entries_are_not_deleted; DROP TRIGGER closed_months_stay_closed;
        DROP TRIGGER trial_balances_are_not_changed; DROP TRIGGER trial_balances_are_not_deleted;
        """;

    private const string NotPosted = "what a wallet is stands in no transaction; each change of it stands in the audit";
    private const string NotBooked = "a hold that took nothing is in no transaction; while it is open its lines are compared with what its accounts have pending";
    private const string Told = "told by the caller, for people and for comparison with a repeated request; no amount follows from it";
    private const string InDollars = "counted in dollars, and what a credit costs is a setting; what it came to in credits is compared";

    /// <summary>The tables with the columns that name a row.</summary>
    private static readonly (string Table, string[] Key)[] Tables =
    [
        ("transactions", ["org", "seq"]), ("entries", ["org", "seq", "line"]), ("chains", ["org"]), ("accounts", ["id"]),
        ("wallets", ["org", "id"]), ("grants", ["org", "id"]), ("holds", ["org", "id"]), ("runs", ["org", "id"]),
        ("periods", ["org", "month"]), ("trial_balances", ["org", "month", "step"]),
    ];

    /// <summary>
    /// Where a flipped bit may go unnoticed, and why. One table is not looked at here: <c>answers</c> keeps what was
    /// answered and is forgotten after 30 days.
    /// </summary>
    private static readonly (string Column, string Row, string Why)[] Exceptions =
    [
        ("wallets.name", "1", NotPosted), ("wallets.owner_kind", "1", NotPosted), ("wallets.owner_id", "1", NotPosted), ("wallets.state", "1", NotPosted),
        ("wallets.free_run_used", "1", NotPosted), ("wallets.created_at", "1", NotPosted),
        ("wallets.overdraft_limit", "overdraft = 0", "a limit counts only where the wallet may owe"),
        ("holds.use_provider", "1", Told), ("holds.use_model", "1", Told), ("holds.use_project", "1", Told), ("holds.expires_at", "1", Told),
        ("holds.created_at", "state <> 3 OR forwarded_at IS NOT NULL", NotBooked), ("holds.forwarded_at", "state <> 3", NotBooked),
        ("holds.closed_at", "state > 3", NotBooked), ("holds.state", "state <> 3", NotBooked), ("holds.id", "state <> 3", NotBooked), ("holds.org", "state > 3", NotBooked),
        ("runs.user", "1", Told), ("runs.speed_vs_detail", "1", Told), ("runs.asked", "1", Told), ("runs.took_free_run", "1", Told), ("runs.completed_at", "1", Told),
        ("runs.is_free", "1", Told), ("runs.mode", "attempt = 1", "a first attempt begins from zero however it counts"),
        ("runs.uses", "1", "decides which grants pay and never how much; who paid stands in the transactions"),
        ("runs.reported", "1", InDollars), ("runs.success_fee", "1", InDollars),
        ("runs.id", "charged + uncollected = 0", "a run without a transaction"), ("runs.org", "charged + uncollected = 0", "a run without a transaction"),
        ("runs.plan", "charged + uncollected = 0 AND attempt = 1", "a run without a transaction"), ("runs.state", "charged + uncollected = 0", "a run without a transaction"),
        ("runs.started_at", "charged + uncollected = 0", "a run without a transaction"),
    ];

    [Fact]
    public async Task A_flipped_bit_anywhere_is_found_and_located()
    {
        await using var ledger = new SqliteLedgerUnderTest();
        await LiveAsync(ledger);
        var verify = new VerifyLedger(ledger.Upkeep);
        (await verify.VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
        using var connection = Connection.Open(ledger.Path, readOnly: false, 10_000);
        connection.Execute(DropTriggers);
        var (flips, unnoticed) = (0, new List<string>());
        foreach (var (table, key) in Tables)
        {
            foreach (var row in Rows(connection, table, key))
            {
                foreach (var column in Columns(connection, table))
                {
                    if (Flip(connection, table, key, column, row, flips) is not { } flip)
                    {
                        continue;
                    }

                    flips++;
                    var broken = (await verify.VerifyAsync(Org, Cancellation)).Broken;
                    var place = $"{table}.{column} of {row}: {flip.Before} became {flip.After}";
                    Restore(connection, table, flip);
                    if (!IsLocated(broken, table, key.Contains(column) || column is "plan" or "attempt", row))
                    {
                        unnoticed.Add($"{place}, told as {broken}");
                    }
                }
            }
        }

        unnoticed.ShouldBeEmpty();
        flips.ShouldBeGreaterThan(500);
        (await verify.VerifyAsync(Org, Cancellation)).Broken.ShouldBeNull();
    }

    /// <summary>Something of everything that a ledger can hold.</summary>
    private static async Task LiveAsync(SqliteLedgerUnderTest ledger)
    {
        async Task LaterAsync<T>(LedgerRequest<T> request)
        {
            ledger.Time.Move(TimeSpan.FromSeconds(1));
            await ledger.AskAsync(request);
        }

        await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit, limit: Of(1));
        var given = ledger.Give("g1", Of(10));
        await LaterAsync(new GiveCredit
        {
            Org = Org, FromNow = true, Grant = given.Grant with { Priority = 7, Applicability = new(["anthropic"], [], ["p1", "p2"]) },
        });
        await LaterAsync(ledger.Give("g2", Of(5), category: GrantCategory.Promo, lifetime: TimeSpan.FromHours(1)));
        await LaterAsync(ledger.Give("g3", Of(5)));
        await LaterAsync(ledger.Give("g4", Of(1)));
        await LaterAsync(new VoidGrant { Org = Org, Grant = "g4" });
        foreach (var hold in new[] { "h1", "h2", "h3", "h4", "h5" })
        {
            await LaterAsync(Reserve(hold, Of(1)));
        }

        await LaterAsync(Capture("h1", Of(1)));
        await LaterAsync(new ForwardHold { Org = Org, Hold = "h2" });
        await LaterAsync(Capture("h2", new(Credits.NanocreditsPerCredit / 2)));
        await LaterAsync(new ReleaseHold { Org = Org, Hold = "h3" });
        await LaterAsync(new ForwardHold { Org = Org, Hold = "h4" });
        await LaterAsync(Start("r1", plan: "p"));
        await LaterAsync(Report("r1", cents: 40));
        await LaterAsync(Complete("r1", cents: 50, RunState.Failed));
        await LaterAsync(Start("r2", plan: "p"));
        await LaterAsync(Complete("r2", cents: 1_500));
        await LaterAsync(new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(1), Reason = "test", Actor = "me" });
        var charge = (await ledger.ChainAsync()).First(link => link.Transaction.Key == "hold/h1").Transaction.Id;
        await LaterAsync(new ReverseTransaction { Org = Org, Id = "v1", Transaction = charge, Reason = "test" });
        await LaterAsync(Start("r3", wallet: string.Empty));
        ledger.Time.Move(TimeSpan.FromHours(2));
        await new SweepLedger(ledger.Upkeep, ledger.Turn, ledger.Ledger).SweepAsync(Cancellation);
        await ledger.AskAsync(ledger.Give("g5", Of(20)));
        await LaterAsync(new VoidGrant { Org = Org, Grant = "g5" });
        await LaterAsync(ledger.Give("g6", Of(20)));
        await LaterAsync(Reserve("h6", new(1)));
        await LaterAsync(new ForwardHold { Org = Org, Hold = "h6" });
        var month = AccountingMonth.Of(ledger.Time.Now);
        ledger.Time.Move(TimeSpan.FromDays(31));
        await LaterAsync(Capture("h6", new(1)));
        (await new CloseMonth(ledger.Upkeep, ledger.Ledger, CloseGrace.Usual).CloseAsync(Org, month, "ada", isForced: false, Cancellation)).Problem.ShouldBeNull();
        await LaterAsync(new ReopenPeriod { Org = Org, Month = month, Actor = "bob" });
    }

    private static ReportRun Report(string run, long cents) =>
        new() { Org = Org, Run = run, Total = new(Usd.PicodollarsPerCent * cents), Prices = RunPrices.Default };

    /// <summary>A row that others hang on, or that is out of its place, may be missed there first; a grant, hold or run is named itself.</summary>
    private static bool IsLocated(LedgerBreak? broken, string table, bool isPlace, string row) => table switch
    {
        "transactions" or "entries" => broken is { Sequence: > 0 },
        "grants" or "holds" or "runs" when !isPlace => broken?.Table == table && row.Contains($"id = '{broken.Id}'", StringComparison.Ordinal),
        "periods" or "trial_balances" => broken?.Table == table,
        _ => broken is not null,
    };

    private static List<string> Columns(Connection connection, string table)
    {
        using var rows = connection.Prepare(Encoding.UTF8.GetBytes($"SELECT * FROM {table}"));
        return [.. Enumerable.Range(0, rows.ColumnCount).Select(rows.ColumnName)];
    }

    /// <summary>The rows of a table, each as the condition that finds it.</summary>
    private static List<string> Rows(Connection connection, string table, string[] key)
    {
        using var rows = connection.Prepare(Encoding.UTF8.GetBytes($"SELECT {string.Join(", ", key)} FROM {table}"));
        var found = new List<string>();
        while (rows.Step())
        {
            found.Add(string.Join(" AND ", key.Select((column, index) => $"{column} = {(rows.ColumnType(index) == 1 ? Text(rows.Integer(index)) : $"'{rows.Text(index)}'")}")));
        }

        return found;
    }

    /// <summary>Flips one bit of a cell. Nothing for a cell without bits, or one where that may go unnoticed.</summary>
    private static Flipped? Flip(Connection connection, string table, string[] key, string column, string row, int number)
    {
        var excused = Exceptions.Where(exception => exception.Column == $"{table}.{column}").Select(exception => exception.Row).ToList();
        if (excused.Exists(condition => connection.Scalar(Encoding.UTF8.GetBytes($"SELECT count(*) FROM {table} WHERE {row} AND ({condition})")) == 1))
        {
            return null;
        }

        var before = Row(connection, table, row);
        var isKey = key.Contains(column);
        for (var bit = isKey ? 3 + (number % 50) : number * 7 % 62; ; bit++)
        {
            if (CellWithout(connection, $"SELECT \"{column}\" FROM {table} WHERE {row}", bit) is not { } cell)
            {
                return null;
            }

            try
            {
                connection.Execute($"UPDATE {table} SET \"{column}\" = {cell} WHERE {row}");
                return new(before, isKey ? Moved(row, column, cell) : row, cell);
            }
            catch (StorageFailedException)
            {
                // Unique with this bit the other way round; the next one is as good.
            }
        }
    }

    private static string Moved(string row, string column, string cell) => string.Join(
        " AND ", row.Split(" AND ").Select(part => part.StartsWith($"{column} = ", StringComparison.Ordinal) ? $"{column} = {cell}" : part));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? CellWithout(Connection connection, string select, int bit)
    {
        using var cell = connection.Prepare(Encoding.UTF8.GetBytes(select));
        cell.Step().ShouldBeTrue();
        if (cell.ColumnType(0) == 1)
        {
            return Text(cell.Integer(0) ^ (1L << (bit % 62)));
        }

        var bytes = cell.IsNull(0) ? [] : cell.Bytes(0);
        if (bytes.Length == 0)
        {
            return null;
        }

        bytes[bit % bytes.Length] ^= (byte)(1 << (bit % 7));
        return cell.ColumnType(0) == 4 ? $"x'{Convert.ToHexString(bytes)}'" : $"CAST(x'{Convert.ToHexString(bytes)}' AS TEXT)";
    }

    private static string Row(Connection connection, string table, string where)
    {
        using var row = connection.Prepare(Encoding.UTF8.GetBytes($"SELECT * FROM {table} WHERE {where}"));
        row.Step().ShouldBeTrue();
        var values = Enumerable.Range(0, row.ColumnCount).Select(column => row.IsNull(column) ? "NULL" : row.ColumnType(column) switch
        {
            1 => Text(row.Integer(column)),
            4 => $"x'{Convert.ToHexString(row.Bytes(column))}'",
            _ => $"CAST(x'{Convert.ToHexString(row.Bytes(column))}' AS TEXT)",
        }).ToList();
        row.Reset();
        return string.Join(", ", values);
    }

    private static void Restore(Connection connection, string table, Flipped flip) =>
        connection.Execute($"DELETE FROM {table} WHERE {flip.Where}; INSERT INTO {table} VALUES ({flip.Before})");

    /// <summary>A row before, where it is afterwards, and what became of the cell.</summary>
    private sealed record Flipped(string Before, string Where, string After);
}
