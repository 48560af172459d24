namespace Farthing.Web.Tests.Api.Billing;

/// <summary>PlanExe's cases, each through HTTP: ten credits, a dollar a credit, a dollar for a success.</summary>
public abstract class RunContract(StoreEngine engine)
{
    [Fact]
    public async Task PX_A_a_success_pays_its_calls_and_the_fee_and_only_once()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);

        var first = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");
        var again = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");

        first.Text("billing_usage_cost_usd").ShouldBe("0.31");
        first.Text("success_fee_usd").ShouldBe("1");
        first.Text("total_charge_usd").ShouldBe("1.31");
        first.Text("charged_credits").ShouldBe("1.31");
        first.Text("wallet_balance").ShouldBe("8.69");
        first.Json.GetProperty("applied").GetBoolean().ShouldBeTrue();
        first.Json.GetProperty("attempt").GetInt32().ShouldBe(1);
        again.Json.GetProperty("applied").GetBoolean().ShouldBeFalse();
        again.Text("charged_credits").ShouldBe("1.31");
        (await till.RowsAsync("source=usage_billing&external_id=plan")).ShouldBe(["plan_created_with_usage_cost -1.31 8.69"]);
        (await till.BalanceAsync()).ShouldBe("8.69");
    }

    [Fact]
    public async Task Holds_pay_first_and_what_nobody_pays_is_told_apart()
    {
        await using var till = await Till.OpenAsync();
        await StartAsync(till);
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":"10"}""");

        (await CompleteAsync(till, $$"""{"outcome":"failed","holds":[{{string.Join(',', Enumerable.Repeat("\"h1\"", 101))}}]}""")).Text("field").ShouldBe("holds");
        (await CompleteAsync(till, """{"outcome":"failed","total_cost":"1","holds":["nobody"]}""")).Status.ShouldBe(404);
        var completed = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31","holds":["h1"]}""");

        (completed.Text("charged_credits"), completed.Text("uncollected_credits"), completed.Text("wallet_balance")).ShouldBe(("1.31", "0", "8.69"));
        (await till.GetAsync("holds/h1")).Text("captured").ShouldBe("1.31");
        (await till.GetAsync("wallets/w1/balance")).Body.ShouldBe(
            """{"wallet":"w1","balance":"8.69","held":"0","available":"8.69","owed":"0","uncollected":"0"}""");
    }

    [Theory]
    [InlineData("PX-B", "", """{"outcome":"failed","total_cost":0.31}""", "0.31", "9.69", "plan_failed_usage_cost -0.31 9.69")]
    [InlineData("PX-B stopped", "", """{"outcome":"stopped","total_cost":0.31}""", "0.31", "9.69", "plan_failed_usage_cost -0.31 9.69")]
    [InlineData("PX-C", ""","speed_vs_detail":"PING_llm" """, """{"outcome":"succeeded","total_cost":6.8e-06}""", "0.0000068", "9.9999932", "plan_created_with_usage_cost -0.0000068 9.9999932")]
    [InlineData("PX-C at the end", "", """{"outcome":"succeeded","total_cost":6.8e-06,"speed_vs_detail":"ping_llm"}""", "0.0000068", "9.9999932", "plan_created_with_usage_cost -0.0000068 9.9999932")]
    [InlineData("PX-G", "", """{"outcome":"succeeded"}""", "1", "9", "plan_created_with_usage_cost -1 9")]
    [InlineData("PX-H", "", """{"outcome":"failed"}""", "0", "10", null)]
    [InlineData("PX-H no object", "", """{"outcome":"failed","activity_overview":"text"}""", "0", "10", null)]
    [InlineData("PX-J", "", """{"outcome":"failed","activity_overview":{"total_cost":"0.75"}}""", "0.75", "9.25", "plan_failed_usage_cost -0.75 9.25")]
    [InlineData("PX-K", "", """{"outcome":"succeeded","activity_overview":{"total_cost":-2}}""", "1", "9", "plan_created_with_usage_cost -1 9")]
    [InlineData("noise of floating point", "", """{"outcome":"failed","activity_overview":{"total_cost":0.30000000000000004}}""", "0.3", "9.7", "plan_failed_usage_cost -0.3 9.7")]
    [InlineData("half a nanocredit", "", """{"outcome":"failed","total_cost":"0.0000000025"}""", "0.000000002", "9.999999998", "plan_failed_usage_cost -0.000000002 9.999999998")]
    public async Task One_run_of_each_case(string name, string start, string completion, string charged, string balance, string? row)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till, start);

        var answer = await CompleteAsync(till, completion);

        answer.Text("charged_credits").ShouldBe(charged, name);
        (await till.BalanceAsync()).ShouldBe(balance, name);
        (await till.RowsAsync("run=r1")).ShouldBe(row is null ? [] : [row], name);
    }

    [Theory]
    [InlineData("free_plan", "free_plan")]
    [InlineData("billing_skip_usage_charge", "billing_skip_usage_charge")]
    public async Task PX_D_a_free_run_reports_its_cost_and_has_no_row(string flag, string reason)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till, $$""","{{flag}}":true""");

        var answer = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");

        answer.Text("billing_usage_cost_usd").ShouldBe("0.31");
        answer.Text("total_charge_usd").ShouldBe("0");
        answer.Text("not_charged_because").ShouldBe(reason);
        (await till.RowsAsync("run=r1")).ShouldBeEmpty();
        (await till.BalanceAsync()).ShouldBe("10");
    }

    [Fact]
    public async Task The_free_run_comes_back_when_it_fails_and_is_taken_once_when_it_succeeds()
    {
        await using var till = await Till.OpenAsync(credits: null, engine);
        await StartAsync(till, ""","free_plan":true""");
        await CompleteAsync(till, """{"outcome":"failed"}""");

        (await till.PostAsync("runs", """{"id":"r2","user":"ada","free_plan":true}""")).Status.ShouldBe(201);
        await till.PostAsync("runs/r2/complete", """{"outcome":"succeeded"}""");

        var third = await till.PostAsync("runs", """{"id":"r3","user":"ada","free_plan":true}""");
        third.Status.ShouldBe(402);
        third.Code.ShouldBe("free_run_used");
    }

    [Fact]
    public async Task PX_F_what_was_charged_while_it_ran_is_taken_off_and_marked()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);

        var progress = await till.PostAsync("runs/r1/usage", """{"total_cost":"0.30"}""");
        var end = await CompleteAsync(till, """{"outcome":"failed","activity_overview":{"total_cost":0.3}}""");

        progress.Text("wallet_balance").ShouldBe("9.7");
        end.Text("charged_credits").ShouldBe("0.3");
        (await till.RowsAsync("run=r1")).ShouldBe(["plan_failed_usage_cost 0 9.7", "plan_usage_in_progress -0.3 9.7"]);
    }

    [Fact]
    public async Task PX_I_a_success_may_leave_a_debt_that_everybody_sees()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);
        await till.PostAsync($"wallets/{Till.Wallet}/adjustments", """{"amount":"-9.5","reason":"other product"}""");

        var answer = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");

        answer.Text("wallet_balance").ShouldBe("-0.81");
        var owing = (await till.GetAsync("wallets?owing=true")).Json.GetProperty("items");
        owing.GetArrayLength().ShouldBe(1);
        owing[0].GetProperty("owed").GetString().ShouldBe("0.81");
    }

    [Theory]
    [InlineData(""","user":"nobody" """)]
    [InlineData("")]
    public async Task PX_M_and_N_nobody_pays_for_an_unknown_user_not_even_later(string user)
    {
        await using var till = await Till.OpenAsync(engine: engine);

        var start = await till.PostAsync("runs", $$"""{"id":"r1"{{user}}}""");
        await till.PostAsync("wallets", """{"id":"late","owner":{"kind":"user","id":"nobody"}}""");
        var end = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");

        start.Status.ShouldBe(201);
        end.Json.GetProperty("charged").GetBoolean().ShouldBeFalse();
        end.Text("not_charged_because").ShouldBe("no_wallet");
        end.Text("billing_usage_cost_usd").ShouldBe("0.31");
        end.Text("charged_credits").ShouldBe("0");
        (await till.GetAsync("transactions?run=r1")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await till.BalanceAsync()).ShouldBe("10");
    }

    [Theory]
    [InlineData("own", "0.50", "8.1")]
    [InlineData("cumulative", "0.90", "8.1")]
    public async Task PX_O_and_P_a_retry_pays_what_is_new_of_it(string mode, string second, string balance)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);
        await till.PostAsync("runs/r1/usage", """{"total_cost":"0.30"}""");
        await CompleteAsync(till, """{"outcome":"failed","total_cost":"0.40"}""");

        (await till.PostAsync("runs", $$"""{"id":"r2","plan":"plan","user":"ada","mode":"{{mode}}"}""")).Json.GetProperty("attempt").GetInt32().ShouldBe(2);
        var end = await till.PostAsync("runs/r2/complete", $$"""{"outcome":"succeeded","total_cost":"{{second}}"}""");

        end.Text("charged_credits").ShouldBe("1.5");
        (await till.BalanceAsync()).ShouldBe(balance);
        (await till.RowsAsync("external_id=plan&debits=true")).ShouldBe(
        [
            "plan_created_with_usage_cost -1.5 8.1", "plan_failed_usage_cost -0.1 9.6", "plan_usage_in_progress -0.3 9.7",
        ]);
    }

    [Fact]
    public async Task The_gate_asks_for_the_minimum()
    {
        await using var till = await Till.OpenAsync(engine: engine, credits: "1.999999999");

        var refused = await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");
        await till.GrantAsync("0.000000001");
        var accepted = await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");

        refused.Status.ShouldBe(402);
        refused.Code.ShouldBe("insufficient_credits");
        accepted.Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_run_without_an_id_gets_one_that_names_its_plan_too()
    {
        await using var till = await Till.OpenAsync(engine: engine);

        var answer = await till.PostAsync("runs", """{"user":"ada"}""");

        Guid.Parse(answer.Text("id")!).Version.ShouldBe(7);
        answer.Text("plan").ShouldBe(answer.Text("id"));
        (await till.GetAsync($"runs/{answer.Text("id")}")).Text("wallet").ShouldBe(Till.Wallet);
        (await till.GetAsync("runs?limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(answer.Text("id"));
    }

    [Fact]
    public async Task A_user_with_two_wallets_must_say_which_one()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await till.PostAsync("wallets", """{"id":"w2","owner":{"kind":"engineer","id":"ada"}}""");

        var refused = await till.PostAsync("runs", """{"user":"ada"}""");
        var accepted = await till.PostAsync("runs", """{"user":"ada","wallet":"w1"}""");

        refused.Status.ShouldBe(422);
        refused.Code.ShouldBe("ambiguous_wallet");
        accepted.Text("wallet").ShouldBe("w1");
    }

    [Fact]
    public async Task The_models_of_an_overview_say_which_grants_pay_and_never_how_much()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await till.GrantAsync("1", ""","id":"router","priority":1,"applicability":{"providers":["openrouter"]}""");
        await till.GrantAsync("1", ""","id":"mini","priority":1,"applicability":{"models":["gpt-4o-mini"]}""");
        await StartAsync(till);

        var answer = await CompleteAsync(till, """
            {"outcome":"succeeded","activity_overview":{"total_cost":0.7,"models":{
              "OpenRouter:openai/gpt-4o":{"total_cost":"0.25"},"gpt-4o-mini":{"total_cost":0.125},"":{"total_cost":0.1},":":{"total_cost":1},
              "broken":7,"unread:able":{"total_cost":"a lot"},"minus:one":{"total_cost":-1},"no:cost":{"calls":2},"a\u0007b":{"total_cost":0.1}}}}
            """);

        (answer.Text("charged_credits"), answer.Text("wallet_balance")).ShouldBe(("1.7", "10.3"));
        (await LeftAsync("router"), await LeftAsync("mini")).ShouldBe(("0.75", "0.875"));
        (await till.GetAsync("transactions?run=r1")).Json.GetProperty("items")[0].GetProperty("entries").EnumerateArray()
            .Select(static entry => $"{entry.GetProperty("account")} {entry.GetProperty("side")} {entry.GetProperty("amount")}")
            .Where(static entry => entry.Contains("openrouter", StringComparison.Ordinal)).ShouldBe(["cogs.openrouter debit 0.25", "payable.openrouter credit 0.25"]);

        async Task<string?> LeftAsync(string grant) => (await till.GetAsync($"grants/{grant}")).Text("left");
    }

    [Fact]
    public async Task A_start_is_known_by_its_id_alone_although_the_user_has_two_wallets_now()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        var first = await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");
        await till.PostAsync("wallets", """{"id":"w2","owner":{"kind":"user","id":"ada"}}""");

        var again = await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");

        (first.Status, again.Status).ShouldBe((201, 200));
        again.Text("wallet").ShouldBe("w1");
        (await till.PostAsync("runs", """{"id":"r1","user":"ada","plan":"another"}""")).Code.ShouldBe("id_taken");
        (await till.PostAsync("runs", """{"id":"r2","user":"ada"}""")).Code.ShouldBe("ambiguous_wallet");
    }

    [Theory]
    [InlineData("""{"outcome":"done"}""", 422, "outcome")]
    [InlineData("""{}""", 400, "outcome")]
    [InlineData("""{"outcome":"failed","total_cost":-1}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","total_cost":"a lot"}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","total_cost":1e9}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","total_cost":1e999}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","activity_overview":{"total_cost":1e9}}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","total_cost":1,"activity_overview":{}}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","total_cost":true}""", 422, "total_cost")]
    [InlineData("""{"outcome":"failed","surprise":1}""", 400, "surprise")]
    public async Task Nonsense_is_refused_and_the_run_goes_on(string body, int status, string field)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);

        var answer = await CompleteAsync(till, body);

        answer.Status.ShouldBe(status);
        answer.Text("field").ShouldBe(field);
        (await till.GetAsync("runs/r1")).Text("state").ShouldBe("started");
    }

    [Theory]
    [InlineData("""{}""", "total_cost_missing")]
    [InlineData("""[1]""", "not_an_object")]
    [InlineData("""{"total_cost":"NaN"}""", "total_cost_unreadable")]
    [InlineData("""{"total_cost":null}""", "total_cost_unreadable")]
    [InlineData("""{"total_cost":-0.5}""", "total_cost_negative")]
    [InlineData("""{"total_cost":" 0.5 "}""", null)]
    public async Task An_overview_without_sense_counts_as_nothing_and_says_so(string overview, string? flag)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);

        var answer = await CompleteAsync(till, $$"""{"outcome":"failed","activity_overview":{{overview}}}""");

        answer.Text("cost_source").ShouldBe("activity_overview");
        answer.Text("cost_flag").ShouldBe(flag);
        answer.Text("charged_credits").ShouldBe(flag is null ? "0.5" : "0");
    }

    [Fact]
    public async Task Ten_thousand_completions_at_once_charge_once()
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await StartAsync(till);
        var statuses = new System.Collections.Concurrent.ConcurrentBag<(int Status, string? Charged, bool Applied)>();

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestServer.Cancellation }, async (_, _) =>
        {
            var answer = await CompleteAsync(till, """{"outcome":"succeeded","total_cost":"0.31"}""");
            statuses.Add((answer.Status, answer.Text("charged_credits"), answer.Json.GetProperty("applied").GetBoolean()));
        });

        statuses.Select(static entry => (entry.Status, entry.Charged)).Distinct().ShouldBe([(200, "1.31")]);
        statuses.Count(static entry => entry.Applied).ShouldBe(1);
        (await till.RowsAsync("run=r1")).ShouldBe(["plan_created_with_usage_cost -1.31 8.69"]);
    }

    private static async Task StartAsync(Till till, string more = "") =>
        (await till.PostAsync("runs", $$"""{"id":"r1","plan":"plan","user":"ada"{{more}}}""")).Status.ShouldBe(201);

    private static Task<TestAnswer> CompleteAsync(Till till, string body) => till.PostAsync("runs/r1/complete", body);
}

/// <summary>Runs over the embedded store.</summary>
public sealed class RunOnSqliteTests() : RunContract(StoreEngine.Sqlite);

/// <summary>Runs over PostgreSQL.</summary>
public sealed class RunOnPostgresTests() : RunContract(StoreEngine.Postgres);
