namespace Farthing.Web.Tests.Api.Ledger;

public sealed class PeriodTests
{
    [Fact]
    public async Task A_month_that_is_over_is_closed_once_after_its_grace_and_read()
    {
        await using var till = await Till.OpenAsync();

        var early = await till.PostAsync("periods/2026-11/close");
        till.Time.Move(TimeSpan.FromDays(5));
        var inGrace = await till.PostAsync("periods/2026-11/close");
        till.Time.Move(TimeSpan.FromDays(3));
        var closed = await till.PostAsync("periods/2026-11/close");
        var again = await till.PostAsync("periods/2026-11/close");

        (early.Status, early.Code).ShouldBe((409, "period_not_over"));
        (inGrace.Status, inGrace.Code).ShouldBe((409, "period_in_grace"));
        closed.Status.ShouldBe(201);
        closed.Json.GetProperty("trial_balance").GetArrayLength().ShouldBe(2);
        closed.Json.GetProperty("trial_balance")[0].GetProperty("debits").GetString().ShouldBe("10");
        (again.Status, again.Code).ShouldBe((409, "period_closed"));
        var listed = (await till.GetAsync("periods")).Json.GetProperty("items");
        listed.GetArrayLength().ShouldBe(1);
        listed[0].GetProperty("month").GetString().ShouldBe("2026-11");
        listed[0].GetProperty("state").GetString().ShouldBe("closed");
        listed[0].GetProperty("hash").GetString().ShouldBe(closed.Text("hash"));
        listed[0].GetProperty("changed_by").GetString().ShouldBe("operator");
        var detail = await till.GetAsync("periods/2026-11");
        detail.Json.GetProperty("trial_balance").GetRawText().ShouldBe(closed.Json.GetProperty("trial_balance").GetRawText());
        detail.Json.GetProperty("history")[0].GetProperty("closed_by").GetString().ShouldBe("operator");
        (await till.GetAsync("periods/2026-10")).Text("state").ShouldBe("closed");
        (await till.GetAsync("periods/2026-12")).Text("state").ShouldBe("open");
    }

    [Theory]
    [InlineData("november")]
    [InlineData("2026-13")]
    [InlineData("9999-12")]
    public async Task What_is_no_month_is_refused(string month)
    {
        await using var till = await Till.OpenAsync();

        (await till.GetAsync($"periods/{month}")).Text("field").ShouldBe("month");
        (await till.PostAsync($"periods/{month}/close")).Text("field").ShouldBe("month");
        (await till.PostAsync($"periods/{month}/reopen")).Text("field").ShouldBe("month");
        (await till.PostAsync($"wallets/{Till.Wallet}/adjustments", $$"""{"amount":"1","reason":"x","period":"{{month}}"}""")).Text("field").ShouldBe("period");
    }

    [Fact]
    public async Task Finance_posts_into_a_month_that_is_closed_softly_and_an_admin_does_not()
    {
        await using var till = await Till.OpenAsync();
        var people = await TestPeople.SeedAsync(till.Server);
        till.Time.Move(TimeSpan.FromDays(5));

        var soft = await till.PostAsync("periods/2026-11/close", """{"soft":true}""");
        var again = await till.PostAsync("periods/2026-11/close", """{"soft":true}""");
        var admin = await AdjustAsync(people.Admin.Key, "a1");
        var finance = await AdjustAsync(people.Finance.Key, "a2");
        var ahead = await till.PostAsync($"wallets/{Till.Wallet}/adjustments", """{"amount":"1","reason":"x","period":"2027-01"}""");

        (soft.Status, soft.Text("state"), again.Status).ShouldBe((201, "soft_closed", 200));
        (admin.Status, admin.Code).ShouldBe((409, "period_soft_closed"));
        finance.Status.ShouldBe(201);
        (ahead.Status, ahead.Code).ShouldBe((409, "period_not_begun"));
        var booked = (await till.GetAsync("transactions?limit=1")).Json.GetProperty("items")[0];
        booked.GetProperty("period").GetString().ShouldBe("2026-11");
        booked.GetProperty("booked_at").GetDateTimeOffset().Month.ShouldBe(12);

        Task<TestAnswer> AdjustAsync(string key, string id) => till.Server.SendAsync(
            "POST", $"/api/v1/wallets/{Till.Wallet}/adjustments", key, $$"""{"id":"{{id}}","amount":"1","reason":"x","period":"2026-11"}""");
    }

    [Fact]
    public async Task Two_persons_open_a_month_again()
    {
        await using var till = await Till.OpenAsync();
        var people = await TestPeople.SeedAsync(till.Server);
        till.Time.Move(TimeSpan.FromDays(10));
        (await till.PostAsync("periods/2026-11/close")).Status.ShouldBe(201);

        var asked = await till.PostAsync("periods/2026-11/reopen", """{"reason":"an invoice was forgotten"}""");
        var alone = await till.PostAsync("periods/2026-11/reopen");
        var agreed = await till.Server.SendAsync("POST", "/api/v1/periods/2026-11/reopen", people.Finance.Key, "{}");
        var closed = await till.PostAsync("periods/2026-11/close");

        (asked.Status, asked.Text("state"), asked.Text("reopen_requested_by")).ShouldBe((200, "closed", "operator"));
        alone.Text("state").ShouldBe("closed");
        agreed.Text("state").ShouldBe("soft_closed");
        closed.Status.ShouldBe(201);
        var detail = (await till.GetAsync("periods/2026-11")).Json;
        (detail.GetProperty("closes").GetInt32(), detail.GetProperty("history").GetArrayLength()).ShouldBe((2, 2));
    }
}
