namespace Farthing.Web.Tests.Api.Ledger;

public sealed class HoldTests
{
    [Fact]
    public async Task A_hold_is_made_sent_and_captured_in_part()
    {
        await using var till = await Till.OpenAsync();

        var made = await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":"3","ttl_seconds":60,"use":{"provider":"anthropic","model":"opus"}}""");
        var sent = await till.PostAsync("holds/h1/forward");
        (await till.PostAsync("runs", """{"id":"r1","wallet":"w1"}""")).Status.ShouldBe(201);
        var captured = await till.PostAsync("holds/h1/capture", """{"amount":"1.2","markup":"0.3","event":"e1","run":"r1","reason":"call"}""");

        made.Status.ShouldBe(201);
        made.Text("state").ShouldBe("open");
        made.Json.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(till.Time.Now.AddMinutes(1));
        sent.Text("state").ShouldBe("forwarded");
        (captured.Text("state"), captured.Text("captured")).ShouldBe(("captured", "1.5"));
        (await till.GetAsync("holds/h1")).Body.ShouldBe(captured.Body);
        (await till.GetAsync("wallets/w1/balance")).Body.ShouldBe("""{"wallet":"w1","balance":"8.5","held":"0","available":"8.5","owed":"0","uncollected":"0"}""");
        (await till.RowsAsync("run=r1")).ShouldBe(["call -1.5 8.5"]);
        (await till.GetAsync("wallets/w1/holds?state=captured")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await till.GetAsync("wallets/w1/holds?state=open")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_hold_ends_once()
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":2}""");
        await till.PostAsync("holds/h1/capture", """{"amount":1}""");
        await till.PostAsync("wallets/w1/holds", """{"id":"h2","amount":2}""");
        await till.PostAsync("holds/h2/release");

        var same = await till.PostAsync("holds/h1/capture", """{"amount":"1.0"}""");
        var other = await till.PostAsync("holds/h1/capture", """{"amount":"1.5"}""");
        var captured = await till.PostAsync("holds/h2/capture", """{"amount":1}""");

        same.Status.ShouldBe(200);
        (other.Status, other.Code).ShouldBe((409, "hold_captured"));
        (captured.Status, captured.Code).ShouldBe((409, "hold_released"));
        (await till.PostAsync("holds/h2/release")).Status.ShouldBe(200);
        (await till.PostAsync("holds/h1/release")).Code.ShouldBe("hold_captured");
        (await till.BalanceAsync()).ShouldBe("9");
    }

    [Fact]
    public async Task More_than_is_there_cannot_be_held_and_more_than_is_held_cannot_be_captured()
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":9}""");

        var second = await till.PostAsync("wallets/w1/holds", """{"amount":"1.000000001"}""");
        var over = await till.PostAsync("holds/h1/capture", """{"amount":"9.000000001"}""");
        var happened = await till.PostAsync("holds/h1/capture", """{"amount":12,"allow_overrun":true}""");

        (second.Status, second.Code, second.Text("field")).ShouldBe((402, "insufficient_credits", "amount"));
        (over.Status, over.Code, over.Text("field")).ShouldBe((422, "exceeds_hold", "amount"));
        happened.Status.ShouldBe(200, till.Server.Log);
        (await till.BalanceAsync()).ShouldBe("-2");
    }

    [Fact]
    public async Task A_hold_whose_time_is_over_cannot_be_captured()
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":1,"ttl_seconds":1}""");

        till.Time.Move(TimeSpan.FromSeconds(2));
        var answer = await till.PostAsync("holds/h1/capture", """{"amount":1}""");

        (answer.Status, answer.Code).ShouldBe((409, "hold_expired"));
    }

    [Fact]
    public async Task A_grant_that_has_expired_cannot_be_held()
    {
        await using var till = await Till.OpenAsync(credits: null);
        await till.GrantAsync("5", ""","expires_at":"2026-11-26T13:00:00Z" """);

        till.Time.Move(TimeSpan.FromHours(1));
        var answer = await till.PostAsync("wallets/w1/holds", """{"amount":1}""");

        (answer.Status, answer.Code).ShouldBe((402, "insufficient_credits"));
    }

    [Theory]
    [InlineData("""{"amount":1,"ttl_seconds":0}""", 422, "ttl_seconds")]
    [InlineData("""{"amount":1,"ttl_seconds":86401}""", 422, "ttl_seconds")]
    [InlineData("""{"amount":1,"id":"h:1"}""", 422, "id")]
    [InlineData("""{"amount":true}""", 422, "amount")]
    [InlineData("""{"amount":null}""", 422, "amount")]
    [InlineData("""{"amount":1,"amount":2}""", 400, "amount")]
    public async Task A_hold_that_makes_no_sense_is_refused_with_the_field(string body, int status, string field)
    {
        await using var till = await Till.OpenAsync();

        var answer = await till.PostAsync("wallets/w1/holds", body);

        (answer.Status, answer.Text("field")).ShouldBe((status, field));
    }

    [Fact]
    public async Task A_frozen_wallet_holds_nothing_new()
    {
        await using var till = await Till.OpenAsync();
        await till.PatchAsync("wallets/w1", """{"state":"frozen"}""");

        var answer = await till.PostAsync("wallets/w1/holds", """{"amount":1}""");

        (answer.Status, answer.Code).ShouldBe((409, "wallet_frozen"));
    }
}
