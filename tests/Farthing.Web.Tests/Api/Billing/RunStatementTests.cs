namespace Farthing.Web.Tests.Api.Billing;

public sealed class RunStatementTests
{
    private const string Calls = """
        {"events":[
          {"id":"c1","occurred_at":"2026-11-26T11:58:00Z","provider":"anthropic","model":"claude-opus-4-8","input_tokens":1000,"cache_read_tokens":2000,"cache_write_5m_tokens":30,"cache_write_1h_tokens":40,"output_tokens":500,"reasoning_tokens":100,"duration_ms":1500,"run":"r1"},
          {"id":"c2","occurred_at":"2026-11-26T11:59:00Z","provider":"anthropic","model":"claude-opus-4-8","input_tokens":10,"output_tokens":1,"duration_ms":500,"outcome":"failed","run":"r1"},
          {"id":"c3","occurred_at":"2026-11-26T11:59:30Z","provider":"anthropic","model":"nobody-knows-this-one","input_tokens":1000000,"output_tokens":9,"run":"r1"},
          {"id":"c4","occurred_at":"2026-11-26T11:59:40Z","provider":"anthropic","model":"claude-opus-4-8","input_tokens":77,"output_tokens":7,"run":"another"}]}
        """;

    [Fact]
    public async Task Our_own_events_are_charged_but_those_without_a_price_which_are_counted_apart()
    {
        await using var till = await OpenAsync();

        var answer = await till.PostAsync("runs/r1/complete", """{"outcome":"failed"}""");

        answer.Text("cost_source").ShouldBe("metered");
        answer.Json.GetProperty("unpriced_calls").GetInt64().ShouldBe(1);
        answer.Text("billing_usage_cost_usd").ShouldBe("0.0191625");
        answer.Text("charged_credits").ShouldBe("0.0191625");
    }

    [Fact]
    public async Task The_statement_explains_the_charge_line_by_line_and_its_totals_are_the_sums_of_its_lines()
    {
        await using var till = await OpenAsync();
        await till.PostAsync("runs/r1/usage", "{}");
        await till.PostAsync("runs/r1/complete", """{"outcome":"succeeded"}""");

        var statement = (await till.GetAsync("runs/r1/statement")).Json;

        var calls = statement.GetProperty("calls").EnumerateArray().ToList();
        calls.Select(static call => call.GetProperty("counted").GetBoolean()).ShouldBe([true, true, false]);
        calls[0].GetProperty("provider").GetString().ShouldBe("anthropic");
        calls[0].GetProperty("duration_ms").GetInt64().ShouldBe(1500);
        calls[0].GetProperty("rate_source").GetString().ShouldNotBeNullOrEmpty();
        calls[0].GetProperty("tokens").GetRawText().ShouldBe(
            """{"input":1000,"cache_read":2000,"cache_write_5m":30,"cache_write_1h":40,"output":500,"reasoning":100,"modalities":0,"total":3570}""");
        calls[2].GetProperty("pricing_status").GetString().ShouldBe("unpriced");
        foreach (var name in new[] { "input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "total" })
        {
            var total = decimal.Parse(statement.GetProperty("cost_usd").GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            calls.Where(static call => call.GetProperty("counted").GetBoolean())
                .Sum(call => decimal.Parse(call.GetProperty("cost_usd").GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(total, name);
        }

        statement.GetProperty("charged_credits").GetString().ShouldBe("1.0191625");
        statement.GetProperty("charges").EnumerateArray().Select(static row => row.GetProperty("delta").GetString()).ShouldBe(["-0.0191625", "-1"]);
        statement.GetProperty("metrics").GetRawText().ShouldBe(
            """{"total_input_tokens":1003080,"total_output_tokens":410,"total_thinking_tokens":100,"total_tokens":1003590,"total_duration_seconds":2,"total_calls":3,"successful_calls":2,"failed_calls":1,"unpriced_calls":1}""");
        calls.Select(static call => call.GetProperty("outcome").GetString()).ShouldBe(["succeeded", "failed", "succeeded"]);
        statement.GetProperty("models").EnumerateArray().Select(static model => model.GetRawText()).ShouldBe(
        [
            """{"provider":"anthropic","model":"claude-opus-4-8","total_cost_usd":"0.0191625","input_tokens":3080,"output_tokens":401,"thinking_tokens":100,"total_tokens":3581,"calls":2,"successful_calls":1,"failed_calls":1}""",
            """{"provider":"anthropic","model":"nobody-knows-this-one","total_cost_usd":"0","input_tokens":1000000,"output_tokens":9,"thinking_tokens":0,"total_tokens":1000009,"calls":1,"successful_calls":1,"failed_calls":0}""",
        ]);
    }

    [Fact]
    public async Task A_resume_adds_its_own_events_to_what_went_before()
    {
        await using var till = await OpenAsync();
        await till.PostAsync("runs/r1/complete", """{"outcome":"failed"}""");
        await till.PostAsync("runs", """{"id":"another","plan":"r1","user":"ada","mode":"cumulative"}""");

        var answer = await till.PostAsync("runs/another/complete", """{"outcome":"failed"}""");

        answer.Text("charged_credits").ShouldBe("0.00056");
    }

    [Fact]
    public async Task Our_own_events_say_which_grants_pay_and_whom_we_owe_but_not_with_the_customers_key()
    {
        await using var till = await OpenAsync();
        await till.GrantAsync("1", ""","id":"opus","priority":1,"applicability":{"providers":["anthropic"],"models":["claude-opus-4-8"]}""");
        await till.PostAsync("runs/r1/usage", "{}");
        await till.PostAsync("usage", """
            [{"id":"c5","occurred_at":"2026-11-26T11:59:50Z","provider":"anthropic","model":"claude-opus-4-8","input_tokens":100,"billing_mode":"byok","run":"r1"},
             {"id":"c6","occurred_at":"2026-11-26T11:59:51Z","model":"claude-opus-4-8","input_tokens":200,"run":"r1"}]
            """);
        await till.PostAsync("runs/r1/complete", """{"outcome":"succeeded"}""");

        var rows = (await till.GetAsync("transactions?run=r1")).Json.GetProperty("items").EnumerateArray().Reverse()
            .Select(static row => string.Join(", ", row.GetProperty("entries").EnumerateArray()
                .Select(static entry => $"{entry.GetProperty("account")} {entry.GetProperty("amount")}").Where(static entry => !entry.StartsWith("revenue", StringComparison.Ordinal))));

        rows.ShouldBe(
        [
            "wallet.grant.opus 0.0191625, cogs.anthropic 0.0191625, payable.anthropic 0.0191625",
            $"{await PaidBySeller()} 1, wallet.grant.opus 0.0015, cogs.anthropic 0.001, payable.anthropic 0.001",
        ]);

        async Task<string> PaidBySeller() => "wallet.grant." + (await till.GetAsync("wallets/w1/grants")).Json.GetProperty("items").EnumerateArray()
            .Select(static grant => grant.GetProperty("id").GetString()).Single(static id => id != "opus");
    }

    private static async Task<Till> OpenAsync()
    {
        var till = await Till.OpenAsync();
        (await till.PostAsync("runs", """{"id":"r1","user":"ada"}""")).Status.ShouldBe(201);
        (await till.PostAsync("usage", Calls)).Status.ShouldBe(200);
        return till;
    }
}
