namespace Farthing.Web.Tests.Api.Ledger;

public sealed class GrantTests
{
    [Fact]
    public async Task A_grant_is_given_with_everything_that_it_can_say()
    {
        await using var till = await Till.OpenAsync(credits: null);

        var given = await till.GrantAsync("25.000000001",
            ""","id":"g1","cost_basis":"0.8","priority":10,"expires_at":"2027-01-01T00:00:00Z","applicability":{"models":["opus"]},"funding":"stripe","memo":"first" """);
        var read = await till.GetAsync("grants/g1");

        given.Status.ShouldBe(201);
        given.Body.ShouldBe(read.Body);
        read.Text("amount").ShouldBe("25.000000001");
        read.Text("cost_basis").ShouldBe("0.8");
        read.Text("left").ShouldBe("25.000000001");
        read.Text("funding").ShouldBe("stripe");
        read.Json.GetProperty("priority").GetInt32().ShouldBe(10);
        read.Json.GetProperty("applicability").GetProperty("models")[0].GetString().ShouldBe("opus");
        (await till.GetAsync("wallets/w1/grants")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await till.GetAsync("wallets/w1/balance")).Text("available").ShouldBe("0", "It may be used for one model only.");
    }

    [Fact]
    public async Task What_was_not_used_of_a_paid_grant_is_paid_back_and_a_void_takes_the_rest()
    {
        await using var till = await Till.OpenAsync(credits: null);
        await till.GrantAsync("10", ""","id":"g1" """);

        var refund = await till.PostAsync("grants/g1/refund", """{"id":"f1","amount":"4"}""");
        var more = await till.PostAsync("grants/g1/refund", """{"id":"f2","amount":"6.1"}""");
        var taken = await till.PostAsync("grants/g1/void", """{"memo":"closed"}""");
        var twice = await till.PostAsync("grants/g1/void");

        (refund.Status, refund.Text("left")).ShouldBe((200, "6"));
        (more.Status, more.Code).ShouldBe((409, "grant_spent"));
        (taken.Status, taken.Text("left")).ShouldBe((200, "0"));
        taken.Json.GetProperty("voided_at").GetDateTimeOffset().ShouldBe(till.Time.Now);
        (twice.Status, twice.Code).ShouldBe((409, "grant_voided"));
        (await till.BalanceAsync()).ShouldBe("0");
    }

    [Theory]
    [InlineData(""","expires_at":"2026-11-26T12:00:00Z" """, "expires_at")]
    [InlineData(""","expires_at":"2026-12-01T00:00:00Z","effective_at":"2026-12-02T00:00:00Z" """, "expires_at")]
    [InlineData(""","priority":101""", "priority")]
    [InlineData(""","priority":-1""", "priority")]
    [InlineData(""","cost_basis":"-1" """, "cost_basis")]
    [InlineData(""","cost_basis":"0.0000000000001" """, "cost_basis")]
    [InlineData(""","funding":"a b" """, "funding")]
    [InlineData(""","applicability":{"models":[""]}""", "applicability.models")]
    public async Task A_grant_that_makes_no_sense_is_refused_with_the_field(string more, string field)
    {
        await using var till = await Till.OpenAsync(credits: null);

        var answer = await till.GrantAsync("1", more);

        (answer.Status, answer.Text("field")).ShouldBe((422, field));
        (await till.BalanceAsync()).ShouldBe("0");
    }

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("\"-1\"")]
    [InlineData("0.0000000001")]
    [InlineData("\"1.0000000001\"")]
    [InlineData("100000000.000000001")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1e30")]
    [InlineData("1e-10")]
    [InlineData("1e999999999999")]
    [InlineData("\"\"")]
    [InlineData("\"ten\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"NaN\"")]
    public async Task An_amount_that_is_none_is_refused_everywhere(string amount)
    {
        await using var till = await Till.OpenAsync();
        await till.PostAsync("wallets/w1/holds", """{"id":"h1","amount":1}""");

        foreach (var (path, body) in new[]
        {
            ("wallets/w1/grants", $$"""{"category":"promo","amount":{{amount}}}"""),
            ("wallets/w1/holds", $$"""{"amount":{{amount}}}"""),
            ("holds/h1/capture", $$"""{"amount":{{amount}}}"""),
            ("grants/none/refund", $$"""{"amount":{{amount}}}"""),
            ("transactions/none/reverse", $$"""{"amount":{{amount}},"reason":"r"}"""),
        })
        {
            var answer = await till.PostAsync(path, body);
            (answer.Status, answer.Text("field")).ShouldBe((422, "amount"), path);
        }

        (await till.GetAsync("wallets/w1/balance")).Text("available").ShouldBe("9");
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("1e-9", "0.000000001")]
    [InlineData("1.25E+2", "125")]
    [InlineData("\"0.000000001\"", "0.000000001")]
    [InlineData("100000000", "100000000")]
    public async Task An_amount_is_text_or_number_and_taken_digit_by_digit(string amount, string balance)
    {
        await using var till = await Till.OpenAsync(credits: null);

        (await till.PostAsync("wallets/w1/grants", $$"""{"category":"promo","amount":{{amount}}}""")).Status.ShouldBe(201);

        (await till.BalanceAsync()).ShouldBe(balance);
    }

    [Fact]
    public async Task More_than_the_books_can_count_is_refused_and_harms_nothing()
    {
        await using var till = await Till.OpenAsync(credits: null);
        for (var number = 0; number < 92; number++)
        {
            (await till.GrantAsync("100000000")).Status.ShouldBe(201);
        }

        var refused = await till.GrantAsync("100000000");

        (refused.Status, refused.Text("code")).ShouldBe((409, "account_full"));
        (await till.BalanceAsync()).ShouldBe("9200000000");
        (await till.GrantAsync("1")).Status.ShouldBe(201);
    }
}
