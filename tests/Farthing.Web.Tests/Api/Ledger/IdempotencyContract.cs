using System.Net;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Tests.Api.Ledger;

public abstract class IdempotencyContract(StoreEngine engine)
{
    [Theory]
    [InlineData("wallets", """{"owner":{"kind":"org"}}""")]
    [InlineData("wallets/w1/grants", """{"category":"promo","amount":1}""")]
    [InlineData("wallets/w1/adjustments", """{"amount":1,"reason":"r"}""")]
    [InlineData("wallets/w1/holds", """{"amount":1}""")]
    [InlineData("grants/g1/refund", """{"amount":1}""")]
    [InlineData("grants/g1/void", "{}")]
    [InlineData("holds/h1/capture", """{"amount":1}""")]
    [InlineData("holds/h1/release", "{}")]
    [InlineData("runs", """{"user":"ada"}""")]
    [InlineData("runs/r1/usage", """{"total_cost":1}""")]
    [InlineData("runs/r1/complete", """{"outcome":"succeeded","total_cost":1}""")]
    public async Task The_same_request_under_the_same_key_is_done_once_and_answered_with_the_same_bytes(string path, string body)
    {
        await using var till = await OpenAsync();

        var first = await till.PostAsync(path, body, "key-1");
        var books = (await till.GetAsync("transactions")).Body + (await till.GetAsync("wallets/w1")).Body;
        var second = await till.PostAsync(path, body, "key-1");

        first.Status.ShouldBeInRange(200, 201);
        first.IsReplay.ShouldBeFalse();
        second.ShouldBe(first with { IsReplay = true });
        ((await till.GetAsync("transactions")).Body + (await till.GetAsync("wallets/w1")).Body).ShouldBe(books);
    }

    [Fact]
    public async Task A_body_that_is_only_written_otherwise_is_the_same_request()
    {
        await using var till = await OpenAsync();

        var first = await till.PostAsync("wallets/w1/grants", """{"category":"promo","amount":"1"}""", "key-1");
        var second = await till.PostAsync("wallets/w1/grants", """{ "amount": "1",  "category": "promo" }""", "key-1");

        second.ShouldBe(first with { IsReplay = true });
    }

    [Fact]
    public async Task A_key_is_as_good_as_new_after_thirty_days_and_an_id_never_is()
    {
        await using var till = await OpenAsync();
        const string Body = """{"id":"a1","amount":1,"reason":"r"}""";
        await till.PostAsync("wallets/w1/adjustments", Body, "key-1");
        till.Time.Move(TimeSpan.FromDays(30) + TimeSpan.FromHours(1));
        var before = await till.PostAsync("wallets/w1/adjustments", Body, "key-1");
        var balance = await till.BalanceAsync();

        await till.Server.Get<ForgetAnswers>().ForgetDueAsync(TestServer.Cancellation);
        var after = await till.PostAsync("wallets/w1/adjustments", Body, "key-1");

        (before.IsReplay, after.IsReplay, after.Status).ShouldBe((true, false, 200), after.Body);
        (await till.BalanceAsync()).ShouldBe(balance);
    }

    [Theory]
    [InlineData("wallets/w1/grants", """{"category":"promo","amount":2}""")]
    [InlineData("wallets/w2/grants", """{"category":"promo","amount":1}""")]
    [InlineData("wallets/w1/holds", """{"amount":1}""")]
    public async Task Another_request_under_the_same_key_is_refused(string path, string body)
    {
        await using var till = await OpenAsync();
        await till.PostAsync("wallets", """{"id":"w2","owner":{"kind":"org"}}""");
        await till.PostAsync("wallets/w1/grants", """{"category":"promo","amount":1}""", "key-1");

        var answer = await till.PostAsync(path, body, "key-1");

        (answer.Status, answer.Code, answer.Text("field")).ShouldBe((422, "idempotency_key_reused", "Idempotency-Key"));
        (await till.BalanceAsync()).ShouldBe("21");
    }

    [Fact]
    public async Task A_refusal_of_the_ledger_is_kept_and_one_before_it_is_not()
    {
        await using var till = await OpenAsync();

        var unreadable = await till.PostAsync("wallets/w1/holds", """{"amount":-1}""", "key-1");
        var refused = await till.PostAsync("wallets/w1/holds", """{"amount":1000}""", "key-1");
        await till.GrantAsync("2000");
        var replayed = await till.PostAsync("wallets/w1/holds", """{"amount":1000}""", "key-1");

        unreadable.Status.ShouldBe(422);
        refused.Status.ShouldBe(402);
        refused.ContentType.ShouldBe("application/problem+json");
        replayed.ShouldBe(refused with { IsReplay = true });
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_has_one_effect()
    {
        await using var till = await OpenAsync();
        var answers = new System.Collections.Concurrent.ConcurrentBag<TestAnswer>();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestServer.Cancellation }, async (_, _) =>
            answers.Add(await till.PostAsync("wallets/w1/grants", """{"category":"promo","amount":1}""", "key-1")));

        answers.Count(static answer => answer is { Status: 201, IsReplay: false }).ShouldBe(1);
        answers.Where(static answer => answer.Status != 201).ShouldAllBe(static answer => answer.Status == 409 && answer.Code == "idempotency_key_in_flight");
        answers.Where(static answer => answer.Status == 201).Select(static answer => answer.Body).Distinct().Count().ShouldBe(1);
        (await till.BalanceAsync()).ShouldBe("21");
    }

    [Fact]
    public async Task While_a_request_is_being_answered_its_key_is_taken()
    {
        var gate = new HeldLedger();
        await using var till = await Till.OpenAsync(engine: engine, replace: gate.StandBefore);
        gate.Close();
        var first = till.PostAsync("wallets/w1/holds", """{"amount":1}""", "key-1");
        await gate.SomebodyWaitsAsync(TestServer.Cancellation);

        var second = await till.PostAsync("wallets/w1/holds", """{"amount":1}""", "key-1");
        var start = await till.PostAsync("runs", """{"user":"ada"}""", "key-1");
        gate.Open();
        var third = await first;

        (second.Status, second.Code, second.RetryAfter).ShouldBe((409, "idempotency_key_in_flight", "1"));
        (start.Status, start.Code).ShouldBe((409, "idempotency_key_in_flight"));
        (third.Status, third.IsReplay).ShouldBe((201, false));
        (await till.PostAsync("wallets/w1/holds", """{"amount":1}""", "key-1")).ShouldBe(third with { IsReplay = true });
    }

    [Fact]
    public async Task A_repeated_start_is_answered_as_before_although_the_user_has_two_wallets_now()
    {
        await using var till = await OpenAsync();
        var first = await till.PostAsync("runs", """{"id":"r2","user":"ada"}""", "key-1");
        await till.PostAsync("wallets", """{"id":"w2","owner":{"kind":"user","id":"ada"}}""");

        (await till.PostAsync("runs", """{"id":"r2","user":"ada"}""", "key-1")).ShouldBe(first with { IsReplay = true });

        first.Status.ShouldBe(201);
        (await till.PostAsync("runs", """{"id":"r3","user":"ada"}""", "key-2")).Code.ShouldBe("ambiguous_wallet");
        (await till.PostAsync("runs", """{"id":"r3","user":"ada"}""", "key-1")).Code.ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task A_repeated_grant_is_answered_as_before_although_its_time_is_over()
    {
        const string grant = """{"category":"promo","amount":1,"expires_at":"2026-11-26T13:00:00Z"}""";
        await using var till = await OpenAsync();
        var first = await till.PostAsync("wallets/w1/grants", grant, "key-1");
        till.Time.Move(TimeSpan.FromHours(2));

        (await till.PostAsync("wallets/w1/grants", grant, "key-1")).ShouldBe(first with { IsReplay = true });

        first.Status.ShouldBe(201);
        (await till.PostAsync("wallets/w1/grants", grant, "key-2")).Text("field").ShouldBe("expires_at");
    }

    [Fact]
    public async Task Organisations_do_not_share_keys()
    {
        await using var till = await OpenAsync();
        var other = await till.FoundAsync();
        await till.PostAsync("wallets", """{"id":"w9","owner":{"kind":"org"}}""", org: other);

        var here = await till.PostAsync("wallets/w1/holds", """{"id":"h9","amount":1}""", "key-1");
        var there = await till.PostAsync("wallets/w9/grants", """{"category":"promo","amount":1}""", "key-1", org: other);

        (here.Status, there.Status, there.IsReplay).ShouldBe((201, 201, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("256")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var till = await OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/wallets/w1/holds");
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "256" ? new string('k', 256) : key);
        request.Content = new StringContent("""{"amount":1}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await till.Server.Client.SendAsync(request, TestServer.Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestAnswer.ReadAsync(response)).Code.ShouldBe("idempotency_key_invalid");
    }

    /// <summary>A wallet with twenty credits, ten of them of the grant g1, one held by h1, and a run r1.</summary>
    private async Task<Till> OpenAsync()
    {
        var till = await Till.OpenAsync(engine: engine);
        await till.GrantAsync("10", ""","id":"g1" """);
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":1}""");
        await till.PostAsync("runs", """{"id":"r1","user":"ada"}""");
        return till;
    }
}

/// <summary>Repeated requests over the embedded store.</summary>
public sealed class IdempotencyOnSqliteTests() : IdempotencyContract(StoreEngine.Sqlite);

/// <summary>Repeated requests over PostgreSQL.</summary>
public sealed class IdempotencyOnPostgresTests() : IdempotencyContract(StoreEngine.Postgres);
