namespace Farthing.Web.Tests.Api.Ledger;

public sealed class WalletTests
{
    [Fact]
    public async Task A_wallet_is_opened_read_changed_and_listed()
    {
        await using var till = await Till.OpenAsync();

        var opened = await till.PostAsync("wallets", """{"id":"w2","name":"Team","owner":{"kind":"team","id":"t1"},"overdraft":{"policy":"allow_to_limit","limit":5.5}}""");
        var changed = await till.PatchAsync("wallets/w2", """{"name":"Core","overdraft":{"policy":"deny"},"state":"frozen"}""");
        var read = await till.GetAsync("wallets/w2");

        opened.Status.ShouldBe(201);
        opened.Json.GetProperty("overdraft").GetProperty("limit").GetString().ShouldBe("5.5");
        changed.Body.ShouldBe(read.Body);
        read.Text("name").ShouldBe("Core");
        read.Text("state").ShouldBe("frozen");
        read.Json.GetProperty("overdraft").GetProperty("policy").GetString().ShouldBe("deny");
        read.Json.GetProperty("owner").GetProperty("id").GetString().ShouldBe("t1");
        (await IdsAsync(till, "wallets")).ShouldBe(["w1", "w2"]);
        (await IdsAsync(till, "wallets?owner=team:t1")).ShouldBe(["w2"]);
        (await IdsAsync(till, "wallets?owner=team:t2")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_wallet_again_is_answered_as_it_is_and_another_of_its_id_refused()
    {
        await using var till = await Till.OpenAsync();

        var again = await till.PostAsync("wallets", """{"id":"w1","owner":{"kind":"user","id":"ada"}}""");
        var other = await till.PostAsync("wallets", """{"id":"w1","owner":{"kind":"user","id":"bob"}}""");

        again.Status.ShouldBe(200);
        again.Text("balance").ShouldBe("10");
        other.Status.ShouldBe(409);
        other.Code.ShouldBe("id_taken");
    }

    [Fact]
    public async Task The_balance_tells_what_is_held_and_what_is_owed()
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":"2.5"}""");

        var balance = await till.GetAsync("wallets/w1/balance");

        balance.Body.ShouldBe("""{"wallet":"w1","balance":"10","held":"2.5","available":"7.5","owed":"0","uncollected":"0"}""");
    }

    [Fact]
    public async Task Adjustments_give_and_take_with_a_reason_and_an_actor()
    {
        await using var till = await Till.OpenAsync();

        var up = await till.PostAsync("wallets/w1/adjustments", """{"id":"a1","amount":"0.5","reason":"outage"}""");
        var down = await till.PostAsync("wallets/w1/adjustments", """{"id":"a2","amount":-1,"reason":"mistake"}""");
        var again = await till.PostAsync("wallets/w1/adjustments", """{"id":"a2","amount":-1,"reason":"mistake"}""");

        up.Text("balance").ShouldBe("10.5");
        (down.Status, down.Text("balance")).ShouldBe((201, "9.5"));
        (again.Status, again.Text("balance")).ShouldBe((200, "9.5"));
        (await till.RowsAsync("kind=adjustment")).ShouldBe(["mistake -1 9.5", "outage 0.5 10.5"]);
        (await till.GetAsync("wallets/w1/transactions?kind=adjustment&limit=1")).Json.GetProperty("items")[0].GetProperty("actor").GetString().ShouldBe("operator");
    }

    [Theory]
    [InlineData("""{"owner":{"kind":"robot","id":"x"}}""", 422, "owner.kind")]
    [InlineData("""{"owner":{"kind":"team"}}""", 422, "owner.id")]
    [InlineData("""{"owner":{"kind":"org","id":"x"}}""", 422, "owner.id")]
    [InlineData("""{"id":"a/b","owner":{"kind":"org"}}""", 422, "id")]
    [InlineData("""{"id":"","owner":{"kind":"org"}}""", 422, "id")]
    [InlineData("""{"name":"a\u0000b","owner":{"kind":"org"}}""", 422, "name")]
    [InlineData("""{"owner":{"kind":"org"},"overdraft":{"policy":"never"}}""", 422, "overdraft.policy")]
    [InlineData("""{"owner":{"kind":"org"},"overdraft":{"policy":"deny","limit":-1}}""", 422, "overdraft.limit")]
    [InlineData("""{}""", 400, "owner")]
    public async Task A_wallet_that_makes_no_sense_is_refused_with_the_field(string body, int status, string field)
    {
        await using var till = await Till.OpenAsync();

        var answer = await till.PostAsync("wallets", body);

        (answer.Status, answer.Text("field")).ShouldBe((status, field));
    }

    [Fact]
    public async Task What_another_organisation_has_and_what_nobody_has_look_the_same()
    {
        await using var till = await Till.OpenAsync();
        var other = await till.FoundAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":1}""");
        await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");

        foreach (var (path, missing) in new[] { ("wallets/w1", "wallets/w9"), ("holds/h1", "holds/h9"), ("runs/r1", "runs/r9"), ("wallets/w1/transactions", "wallets/w9/transactions"), ("runs/r1/statement", "runs/r9/statement") })
        {
            var foreign = await till.GetAsync(path, org: other);
            foreign.Status.ShouldBe(404, path);
            foreign.Body.ShouldBe((await till.GetAsync(missing)).Body, path);
        }

        foreach (var (path, body) in new[] { ("wallets/w1/grants", """{"category":"promo","amount":1}"""), ("wallets/w1/holds", """{"amount":1}"""), ("holds/h1/capture", """{"amount":1}"""), ("holds/h1/release", "{}"), ("runs/r1/complete", """{"outcome":"failed","total_cost":1}""") })
        {
            (await till.PostAsync(path, body, org: other)).Status.ShouldBe(404, path);
        }

        (await till.BalanceAsync()).ShouldBe("10");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        await using var till = await Till.OpenAsync();
        for (var number = 1; number <= 5; number++)
        {
            await till.PostAsync("wallets/w1/adjustments", $$"""{"id":"a{{number}}","amount":{{number}},"reason":"r{{number}}"}""");
        }

        var seen = new List<string>();
        for (string? next = string.Empty; next is not null;)
        {
            var page = await till.GetAsync($"transactions?limit=2&after={next}");
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(static row => row.GetProperty("reason").GetString()!));
            next = page.Text("next");
        }

        seen.ShouldBe(["r5", "r4", "r3", "r2", "r1", "admin_grant"]);
        (await till.GetAsync("transactions?after=x")).Text("field").ShouldBe("after");
        (await till.GetAsync("transactions?limit=501")).Text("field").ShouldBe("limit");
    }

    private static async Task<IReadOnlyList<string?>> IdsAsync(Till till, string path) =>
        [.. (await till.GetAsync(path)).Json.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString())];
}
