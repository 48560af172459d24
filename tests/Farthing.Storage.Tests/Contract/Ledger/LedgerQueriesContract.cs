using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using FsCheck;
using FsCheck.Fluent;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>Scope, filters and pages are part of the query; organisations never meet.</summary>
public abstract class LedgerQueriesContract
{
    private static readonly string[] Tables =
        ["wallets", "accounts", "grants", "holds", "transactions", "entries", "chains", "answers", "runs", "periods"];

    [Fact]
    public async Task Owners_narrow_every_answer()
    {
        await using var ledger = await TwoWalletsAsync();
        LedgerQuery Mine(string? wallet = null) => new() { Org = Org, Owners = [new("user", "w2")], Wallet = wallet };

        (await ledger.Queries.WalletsAsync(Mine(), Cancellation)).Single().Wallet.Id.ShouldBe("w2");
        (await ledger.Queries.GrantsAsync(Mine(), Cancellation)).Single().Grant.Id.ShouldBe("g2");
        (await ledger.Queries.HoldsAsync(Mine(), Cancellation)).Single().Id.ShouldBe("h2");
        (await ledger.Queries.TransactionsAsync(Mine(), Cancellation)).ShouldAllBe(link => link.Transaction.Wallet == "w2");
        (await ledger.Queries.CountTransactionsAsync(Mine(), Cancellation)).ShouldBe(1);
        (await ledger.Runs.RunsAsync(Mine(), Cancellation)).Single().Id.ShouldBe("r2");
        (await ledger.Queries.WalletsAsync(Mine("w1"), Cancellation)).ShouldBeEmpty();
        (await ledger.Queries.TransactionsAsync(Mine("w1"), Cancellation)).ShouldBeEmpty();
        (await ledger.Queries.WalletsAsync(new() { Org = Org, Owners = [] }, Cancellation)).ShouldBeEmpty();
        (await ledger.Queries.WalletsAsync(new() { Org = Org, Owners = [new("user", "w1"), new("user", "w2")] }, Cancellation)).Count.ShouldBe(2);
    }

    /// <summary>A lead sees the wallets of everybody in the team, however many they are.</summary>
    [Fact]
    public async Task A_team_narrows_every_answer_to_its_own_and_its_members()
    {
        const int members = 1_200;
        await using var ledger = await TwoWalletsAsync();
        await ledger.ExecuteAsync(
            """
            INSERT INTO orgs (id, name, created) VALUES ('acme', 'acme', 0), ('other', 'other', 0);
            INSERT INTO teams (org, id, name, created) VALUES ('acme', 't1', 't1', 0), ('acme', 't2', 't2', 0), ('other', 't1', 't1', 0);
            """);
        foreach (var (org, team, prefix) in new[] { (Org, "t1", "a"), (Org, "t2", "b"), ("other", "t1", "c") })
        {
            var numbers = $"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {members})";
            await ledger.ExecuteAsync(
                $"""
                INSERT INTO engineers (org, id, name, email, team, role, active, created)
                {numbers} SELECT '{org}', '{prefix}' || i, 'Dana', '{prefix}' || i || '@example.org', '{team}', 'engineer', i > 0, 0 FROM n;
                INSERT INTO wallets (org, id, name, owner_kind, owner_id, overdraft, overdraft_limit, state, free_run_used, created_at)
                {numbers} SELECT '{org}', 'w-{prefix}' || i, '', 'engineer', '{prefix}' || i, 0, NULL, 0, 0, 0 FROM n;
                """);
        }

        await ledger.ExecuteAsync("INSERT INTO wallets (org, id, name, owner_kind, owner_id, overdraft, overdraft_limit, state, free_run_used, created_at) VALUES ('acme', 'w-t', '', 'team', 't1', 0, NULL, 0, 0, 0)");
        await ledger.AskAsync(ledger.Give("last", Of(3), wallet: $"w-a{members}"));
        var seen = new LedgerQuery { Org = Org, Team = "t1", Limit = 2 * members };

        (await ledger.Queries.WalletsAsync(seen, Cancellation)).Select(balance => balance.Wallet.Id).ShouldBe(
            Enumerable.Range(1, members).Select(number => $"w-a{number}").Append("w-t"), ignoreOrder: true);
        (await ledger.Queries.GrantsAsync(seen, Cancellation)).Single().Grant.Id.ShouldBe("last");
        (await ledger.Queries.TransactionsAsync(seen, Cancellation)).Single().Transaction.Wallet.ShouldBe($"w-a{members}");
        (await ledger.Queries.CountTransactionsAsync(seen, Cancellation)).ShouldBe(1);
        (await ledger.Queries.HoldsAsync(seen, Cancellation)).ShouldBeEmpty();
        (await ledger.Runs.RunsAsync(seen, Cancellation)).ShouldBeEmpty();
        (await ledger.Queries.WalletsAsync(seen with { Owners = [new("engineer", "b1")] }, Cancellation)).ShouldBeEmpty();
        (await ledger.Queries.WalletsAsync(seen with { Owners = [new("engineer", "a1")] }, Cancellation)).Single().Wallet.Id.ShouldBe("w-a1");
    }

    [Fact]
    public async Task Another_organisation_finds_nothing()
    {
        await using var ledger = await TwoWalletsAsync();
        await ledger.OpenAsync("other", "x");

        (await ledger.RefusalAsync(Reserve("h9", Of(1), "other"))).ShouldBe("not_found");
        (await ledger.RefusalAsync(Capture("h2", Of(1), "other"))).ShouldBe("not_found");
        (await ledger.RefusalAsync(new VoidGrant { Org = "other", Grant = "g2" })).ShouldBe("not_found");
        (await ledger.RefusalAsync(Complete("r2", cents: 1, org: "other"))).ShouldBe("not_found");
        (await ledger.RefusalAsync(new ReverseTransaction { Org = "other", Id = "v", Transaction = (await ledger.ChainAsync())[0].Transaction.Id, Reason = "x" })).ShouldBe("not_found");
        (await ledger.Queries.WalletsAsync(new() { Org = "other" }, Cancellation)).Single().Wallet.Id.ShouldBe("x");
        (await ledger.Runs.FindRunAsync("other", "r2", Cancellation)).ShouldBeNull();
        (await ledger.Upkeep.CountersAsync("other", Cancellation)).OpenHolds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        for (var number = 0; number < 7; number++)
        {
            ledger.Time.Move(TimeSpan.FromMinutes(1));
            var id = string.Create(CultureInfo.InvariantCulture, $"{number}");
            await ledger.AskAsync(ledger.Give(id, Of(4)));
            await ledger.AskAsync(Reserve(id, Of(1)));
            await ledger.AskAsync(Start(id));
        }

        (await PagesAsync((after, limit) => IdsAsync(() => ledger.Queries.GrantsAsync(new() { Org = Org, After = after, Limit = limit }, Cancellation), row => row.Grant.Id)))
            .ShouldBe("0123456");
        (await PagesAsync((after, limit) => IdsAsync(() => ledger.Queries.HoldsAsync(new() { Org = Org, After = after, Limit = limit, State = HoldState.Open }, Cancellation), row => row.Id)))
            .ShouldBe("0123456");
        (await PagesAsync((after, limit) => IdsAsync(() => ledger.Runs.RunsAsync(new() { Org = Org, After = after, Limit = limit }, Cancellation), row => row.Id)))
            .ShouldBe("6543210");
        (await PagesAsync((after, limit) => IdsAsync(
            () => ledger.Queries.TransactionsAsync(new() { Org = Org, After = after, Limit = limit }, Cancellation), row => row.Sequence.ToString(CultureInfo.InvariantCulture))))
            .ShouldBe("7654321");
    }

    [Fact]
    public async Task Grants_and_holds_are_told_from_the_last_id_too()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        foreach (var id in new[] { "b", "a", "d", "c" })
        {
            await ledger.AskAsync(ledger.Give(id, Of(4)));
            await ledger.AskAsync(Reserve(id, Of(1)));
        }

        LedgerQuery Back(string? after, int limit) => new() { Org = Org, Wallet = Main, After = after, Limit = limit, LastFirst = true };
        (await PagesAsync((after, limit) => IdsAsync(() => ledger.Queries.GrantsAsync(Back(after, limit), Cancellation), row => row.Grant.Id))).ShouldBe("dcba");
        (await PagesAsync((after, limit) => IdsAsync(() => ledger.Queries.HoldsAsync(Back(after, limit), Cancellation), row => row.Id))).ShouldBe("dcba");
    }

    [Fact]
    public async Task Holds_that_have_not_ended_are_told_by_their_end()
    {
        await using var ledger = await TwoWalletsAsync();
        foreach (var (id, minutes) in new[] { ("late", 30), ("soon", 5), ("used", 5), ("sent", 10), ("lost", 1) })
        {
            await ledger.AskAsync(new ReserveCredit { Org = Org, Id = id, Wallet = Main, Amount = Of(1), Lifetime = TimeSpan.FromMinutes(minutes) });
        }

        await ledger.AskAsync(Capture("used", Of(1)));
        await ledger.AskAsync(new ForwardHold { Org = Org, Hold = "sent" });
        await ledger.AskAsync(new ForwardHold { Org = Org, Hold = "lost" });
        ledger.Time.Move(TimeSpan.FromMinutes(2));
        await ledger.AskAsync(new ExpireHold { Org = Org, Hold = "lost" });
        Task<string> Open(LedgerQuery query) => ListAsync(() => ledger.Queries.HoldsAsync(query with { OnlyOpen = true }, Cancellation));

        (await Open(new() { Org = Org, Wallet = Main })).ShouldBe("lost soon sent h1 late");
        (await Open(new() { Org = Org, Wallet = Main, Limit = 2 })).ShouldBe("lost soon");
        (await Open(new() { Org = Org, Owners = [new("user", "w2")] })).ShouldBe("h2");
        (await Open(new() { Org = "other" })).ShouldBeEmpty();

        async Task<string> ListAsync(Func<Task<IReadOnlyList<Hold>>> read) => string.Join(' ', (await read()).Select(hold => hold.Id));
    }

    [Fact]
    public async Task A_wallet_tells_the_grants_that_its_balance_is_made_of()
    {
        await using var ledger = Create();
        await ledger.OpenAsync(overdraft: OverdraftPolicy.AllowToLimit);
        await ledger.AskAsync(ledger.Give("spent", Of(1)));
        await ledger.AskAsync(Start("r", wallet: Main, takeFree: true));
        await ledger.AskAsync(new AdjustWallet { Org = Org, Id = "a", Wallet = Main, Amount = new(-3_500_000_000), Reason = "x" });
        await ledger.AskAsync(ledger.Give("left", Of(6), category: GrantCategory.Promo));
        await ledger.AskAsync(ledger.Give("later", Of(2)));
        await ledger.AskAsync(Reserve("h", Of(1)));

        var balance = await ledger.BalanceAsync();

        balance.Grants.Select(grant => grant.Grant.Id).ShouldBe(["left", "later"], ignoreOrder: true);
        balance.Grants.Aggregate(Credits.Zero, (sum, grant) => sum + grant.Counters.Posted).ShouldBe(balance.Balance + balance.Owed);
        balance.Grants.Aggregate(Credits.Zero, (sum, grant) => sum + grant.Counters.Held).ShouldBe(balance.Held);
    }

    [Fact]
    public async Task Transactions_are_filtered_by_what_they_are()
    {
        await using var ledger = await TwoWalletsAsync();
        var begin = ledger.Time.Now;
        ledger.Time.Move(TimeSpan.FromMinutes(5));
        await ledger.AskAsync(Capture("h2", Of(1)));
        Task<long> Count(LedgerQuery query) => ledger.Queries.CountTransactionsAsync(query, Cancellation);

        (await Count(new() { Org = Org })).ShouldBe(3);
        (await Count(new() { Org = Org, Kind = TransactionKind.Capture })).ShouldBe(1);
        (await Count(new() { Org = Org, Source = "hold" })).ShouldBe(1);
        (await Count(new() { Org = Org, ExternalId = "h2" })).ShouldBe(1);
        (await Count(new() { Org = Org, Debits = true })).ShouldBe(1);
        (await Count(new() { Org = Org, Debits = false })).ShouldBe(2);
        (await Count(new() { Org = Org, From = begin.AddMinutes(1) })).ShouldBe(1);
        (await Count(new() { Org = Org, To = begin.AddMinutes(1) })).ShouldBe(2);
        var link = (await ledger.Queries.TransactionsAsync(new() { Org = Org, Limit = 1 }, Cancellation)).Single();
        (await ledger.Queries.TransactionsAsync(new() { Org = Org, Id = link.Transaction.Id }, Cancellation)).Single().Hash.ToArray().ShouldBe(link.Hash.ToArray());
    }

    /// <summary>P19: no sequence of commands of one organisation moves a byte of another.</summary>
    [Fact]
    public void What_one_organisation_does_leaves_every_row_of_another_as_it_is() =>
        Prop.ForAll(Gen.Choose(0, 9).ArrayOf(25).ToArbitrary(), commands => Contract.Await.Value(async () =>
        {
            await using var ledger = await TwoWalletsAsync();
            await ledger.OpenAsync("other");
            await ledger.AskAsync(ledger.Give("g1", Of(9), "other"));
            var before = await DumpAsync(ledger);
            for (var step = 0; step < commands.Length; step++)
            {
                _ = await ledger.Ledger.PostAsync(CommandOf(ledger, commands[step], step), Cancellation);
            }

            (await DumpAsync(ledger)).ShouldBe(before);
            (await new VerifyLedger(ledger.Upkeep).VerifyAsync("other", Cancellation)).Broken.ShouldBeNull();
            return true;
        })).Check(Config.QuickThrowOnFailure.WithReplay(7_417, 5).WithMaxTest(8));

    protected abstract LedgerUnderTest Create();

    private static LedgerRequest CommandOf(LedgerUnderTest ledger, int command, int step)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"x{step / 3}");
        return command switch
        {
            0 => ledger.Give(id, Of(3), "other"),
            1 or 2 => Reserve(id, Of(1), "other"),
            3 => Capture(id, Of(1), "other"),
            4 => new ReleaseHold { Org = "other", Hold = "h2" },
            5 => Start(id, "other"),
            6 => Complete(id, cents: 30, org: "other"),
            7 => new AdjustWallet { Org = "other", Id = id, Wallet = "w2", Amount = Of(-1), Reason = "x" },
            8 => new VoidGrant { Org = "other", Grant = "g1" },
            _ => new ChangeWallet { Org = "other", Wallet = Main, Change = wallet => wallet with { FreeRunUsed = !wallet.FreeRunUsed } },
        };
    }

    private static async Task<string> DumpAsync(LedgerUnderTest ledger)
    {
        var dumps = new List<string>();
        foreach (var table in Tables)
        {
            dumps.Add(await ledger.DumpAsync(table, $"org = '{Org}'"));
        }

        return string.Join("\n--\n", dumps);
    }

    private static async Task<List<string>> IdsAsync<T>(Func<Task<IReadOnlyList<T>>> read, Func<T, string> id) => [.. (await read()).Select(id)];

    private static async Task<string> PagesAsync(Func<string?, int, Task<List<string>>> read)
    {
        var seen = new List<string>();
        while (await read(seen.Count > 0 ? seen[^1] : null, 3) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        return string.Concat(seen);
    }

    private async Task<LedgerUnderTest> TwoWalletsAsync()
    {
        var ledger = Create();
        await FillAsync(ledger, "1");
        await FillAsync(ledger, "2");
        return ledger;
    }

    private static async Task FillAsync(LedgerUnderTest ledger, string number)
    {
        await ledger.OpenAsync(id: "w" + number);
        await ledger.AskAsync(ledger.Give("g" + number, Of(10), wallet: "w" + number));
        await ledger.AskAsync(Reserve("h" + number, Of(2), wallet: "w" + number));
        await ledger.AskAsync(Start("r" + number, wallet: "w" + number));
    }
}
