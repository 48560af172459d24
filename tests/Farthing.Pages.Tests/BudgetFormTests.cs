namespace Farthing.Pages.Tests;

/// <summary>Budgets made, changed and removed by forms.</summary>
public sealed class BudgetFormTests(Dashboard dashboard)
{
    [Fact]
    public async Task A_lead_makes_changes_and_removes_a_budget_of_the_own_team()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Lead);
        await window.GoAsync("/finops/budgets/new");

        await window.Page.FillAsync("#name", "Mine");
        await window.Page.FillAsync("#amount", "12.5");
        await window.Page.ClickAsync("text=Create budget");
        await window.Page.WaitForURLAsync("**/finops/budgets?done=budget-created");
        (await window.Page.InnerTextAsync("li:has-text('Mine')")).ShouldContain("/ $12.50");

        await window.Page.ClickAsync("li:has-text('Mine') >> text=Edit");
        await window.Page.FillAsync("#amount", "20");
        await window.Page.SelectOptionAsync("#period", "weekly");
        await window.Page.ClickAsync("text=Save");
        await window.Page.WaitForURLAsync("**/finops/budgets?done=budget-changed");
        (await window.Page.InnerTextAsync("li:has-text('Mine')")).ShouldContain("/ $20.00");

        await window.Page.ClickAsync("li:has-text('Mine') >> text=Delete");
        await window.Page.ClickAsync("li:has-text('Mine') >> button.danger:has-text('for ever')");
        await window.Page.WaitForURLAsync("**/finops/budgets?done=budget-deleted");
        (await window.Page.InnerTextAsync("main")).ShouldNotContain("Mine");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_admin_limits_what_a_key_tells()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/finops/budgets/new");
        var option = window.Page.Locator("#whose option[value^='api_key:']").First;
        var name = (await option.InnerTextAsync()).Trim();

        await window.Page.FillAsync("#name", "Of a key");
        await window.Page.FillAsync("#amount", "7");
        await window.Page.SelectOptionAsync("#whose", (await option.GetAttributeAsync("value"))!);
        await window.Page.ClickAsync("text=Create budget");
        await window.Page.WaitForURLAsync("**/finops/budgets?done=budget-created");

        (await window.Page.InnerTextAsync("li:has-text('Of a key')")).ShouldContain(name);
        await window.Page.ClickAsync("li:has-text('Of a key') >> text=Delete");
        await window.Page.ClickAsync("li:has-text('Of a key') >> button.danger:has-text('for ever')");
        await window.Page.WaitForURLAsync("**/finops/budgets?done=budget-deleted");
        window.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "10", "80", "name")]
    [InlineData("Budget", "ten", "80", "amount")]
    [InlineData("Budget", "-1", "80", "amount")]
    [InlineData("Budget", "10", "101", "alert")]
    [InlineData("Budget", "10", "many", "alert")]
    public async Task What_is_wrong_is_told_beside_its_field_and_what_was_written_stays(string name, string amount, string alert, string field)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/finops/budgets/new");
        await window.Page.FillAsync("#name", name);
        await window.Page.FillAsync("#amount", amount);
        await window.Page.FillAsync("#alert", alert);

        await window.Page.ClickAsync("text=Create budget");

        (await window.Page.InnerTextAsync($"#{field}-problem.error")).ShouldNotBeEmpty();
        (await window.Page.InputValueAsync("#amount")).ShouldBe(amount);
        (await window.Page.GetAttributeAsync($"#{field}", "aria-invalid")).ShouldBe("true");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_also_of_whom_nobody_knows_and_fits_a_phone()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, width: 375);
        await window.GoAsync("/finops/budgets/new");
        await window.Page.FillAsync("#amount", "ten");
        await window.Page.SelectOptionAsync("#whose", "project:");
        await window.Page.FillAsync("#another", string.Empty);

        await window.Page.ClickAsync("text=Create budget");

        (await window.Page.InnerTextAsync("section > .error")).ShouldBe("3 fields need a change.");
        foreach (var field in (string[])["name", "amount", "another"])
        {
            (await window.Page.InnerTextAsync($"#{field}-problem.error")).ShouldNotBeEmpty();
        }

        (await window.Page.InputValueAsync("#whose")).ShouldBe("project:");
        await window.ShootAsync("budget-wrong-375");
        (await window.StumblesAsync()).ShouldBeEmpty();
        (await window.OverflowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_team_with_a_very_long_name_fits_a_phone()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, width: 375);
        await window.Page.RouteAsync("**/finops/budgets", static async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("team Platform", "team " + new string('x', 247), StringComparison.Ordinal) });
        });

        await window.GoAsync("/finops/budgets");

        (await window.Page.InnerTextAsync("main")).ShouldContain("team xxx");
        (await window.OverflowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Engineers_keep_no_budgets_and_model_no_plans()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);

        await window.GoAsync("/finops/budgets", 403);
        await window.GoAsync("/finops/modeling", 403);
        await window.GoAsync("/finops");
        (await window.Page.InnerTextAsync(".tabs")).ShouldNotContain("Budgets");
    }
}
