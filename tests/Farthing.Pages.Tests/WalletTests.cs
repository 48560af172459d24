using System.Net;
using System.Text.RegularExpressions;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;

namespace Farthing.Pages.Tests;

/// <summary>Wallets: who sees which, and credits that move by forms.</summary>
public sealed partial class WalletTests(Dashboard dashboard)
{
    [Fact]
    public async Task What_keeps_a_number_in_its_place_is_no_part_of_its_link()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/credits");

        (await window.Page.Locator("td.number").AllTextContentsAsync()).ShouldContain(text => text.Contains('\u2007', StringComparison.Ordinal));
        (await window.Page.Locator("td.number a").AllTextContentsAsync()).ShouldAllBe(text => text.Length > 0 && !text.Contains('\u2007', StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engineer_sees_only_the_own_wallet_and_moves_nothing()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Engineer);
        await window.GoAsync("/credits");
        var wallets = await window.Page.QuerySelectorAllAsync("tbody tr");

        wallets.Count.ShouldBe(1);
        await window.GoAsync($"/credits/{Purse.Own}");
        (await window.Page.InnerTextAsync("main")).ShouldNotContain("Give credit");
        foreach (var path in new[] { Purse.OfAll, Purse.Foreign, "none", $"{Purse.Foreign}/grants", $"{Purse.Foreign}/holds", $"runs/{Purse.Run}" })
        {
            await window.GoAsync($"/credits/{path}", 404);
        }

        await window.GoAsync($"/credits/{Purse.Own}/grants/new", 403);
        await window.GoAsync($"/credits/{Purse.Own}/adjust", 403);
        (await window.HasRunAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_has_no_wallet_is_told_how_to_get_one()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Idle);

        await window.GoAsync("/credits");

        await window.ShootAsync("credits-empty");
        (await window.Page.InnerTextAsync("main")).ShouldContain("Whoever manages the organisation can open one");
        (await window.StumblesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credit_is_given_corrected_and_taken_back()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/credits/{Purse.Foreign}/grants/new");
        await window.Page.FillAsync("#amount", "12.5");
        await window.Page.SelectOptionAsync("#category", "promo");
        await window.Page.FillAsync("#reason", "for the launch");
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.WaitForURLAsync($"**/credits/{Purse.Foreign}?done=credit-given");
        (await window.Page.InnerTextAsync("[role=status]")).ShouldBe("The credit was given.");
        (await window.Page.InnerTextAsync("#statement")).ShouldContain("for the launch");
        (await BalanceAsync(Purse.Foreign)).ShouldBe("12.5");

        await window.Page.ClickAsync("text=Correct the balance");
        await window.Page.FillAsync("#amount", "-2");
        await window.Page.FillAsync("#reason", "too much");
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.WaitForURLAsync($"**/credits/{Purse.Foreign}/adjust/confirm?*");
        (await window.Page.Locator("dl.facts dd").AllInnerTextsAsync()).Skip(2).ShouldBe(["12.50", "-2.00", "10.50", "too much"]);
        (await BalanceAsync(Purse.Foreign)).ShouldBe("12.5", "Nothing moves before it is confirmed.");
        await window.Page.ClickAsync("main button[type=submit]");
        await window.Page.WaitForURLAsync($"**/credits/{Purse.Foreign}?done=balance-corrected");
        (await BalanceAsync(Purse.Foreign)).ShouldBe("10.5");

        await window.Page.ClickAsync("summary:has-text('Take back')");
        await window.Page.ClickAsync("text=Take back for good");
        await window.Page.WaitForURLAsync($"**/credits/{Purse.Foreign}?done=grant-taken-back");
        (await BalanceAsync(Purse.Foreign)).ShouldBe("0");
        (await window.Page.InnerTextAsync("#statement")).ShouldContain("Took a grant back");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_gives_once_and_one_with_other_figures_says_so()
    {
        var before = Credits(await BalanceAsync(Purse.Own));
        var cookie = (await dashboard.Get<SignIns>().EnterAsync(dashboard.People.Admin, "test", TestContext.Current.CancellationToken)).Value.Secret;
        using var opened = await SendAsync(cookie, HttpMethod.Get, "grants/new", []);
        var page = await opened.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Dictionary<string, string> Filled(string amount) => new()
        {
            ["form_token"] = HiddenIn(page, "form_token"),
            ["id"] = HiddenIn(page, "id"),
            ["amount"] = amount,
            ["category"] = "trial",
            ["priority"] = "50",
        };

        using var first = await SendAsync(cookie, HttpMethod.Post, "grants/new", Filled("3"));
        using var again = await SendAsync(cookie, HttpMethod.Post, "grants/new", Filled("3"));
        using var other = await SendAsync(cookie, HttpMethod.Post, "grants/new", Filled("4"));

        (first.StatusCode, again.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity));
        (await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("This form was sent before");
        (Credits(await BalanceAsync(Purse.Own)) - before).ShouldBe(Credits("3"));
    }

    [Theory]
    [InlineData("grants/new", "expires_at", "2001-01-01")]
    [InlineData("adjust", "reason", " ")]
    public async Task What_is_wrong_is_told_beside_its_field_and_nothing_moves(string form, string field, string text)
    {
        var before = await BalanceAsync(Purse.OfAll);
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/credits/{Purse.OfAll}/{form}");
        window.Expect(422, $"/credits/{Purse.OfAll}/{form}");
        await window.Page.FillAsync("#amount", "1");
        await window.Page.FillAsync("#reason", "because");
        await window.Page.FillAsync($"#{field}", text);

        await window.Page.ClickAsync("main button[type=submit]");

        (await window.Page.InnerTextAsync($"#{field}-problem.error")).ShouldNotBeEmpty();
        (await window.Page.GetAttributeAsync($"#{field}", "aria-invalid")).ShouldBe("true");
        (await window.Page.InputValueAsync($"#{field}")).ShouldBe(text.Trim());
        (await BalanceAsync(Purse.OfAll)).ShouldBe(before);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_opens_to_its_run_and_calls_and_an_address_keeps_the_filter()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/credits/{Purse.OfAll}?kind=charge&range=7d");
        (await window.Page.InputValueAsync("#kind")).ShouldBe("charge");
        (await window.Page.InputValueAsync("#from")).ShouldNotBeEmpty();
        (await window.Page.QuerySelectorAllAsync("#statement tbody tr")).Count.ShouldBe(1);

        await window.Page.ClickAsync("text=its run and calls");
        await window.Page.WaitForURLAsync($"**/credits/runs/{Purse.Run}");

        var calls = await window.Page.InnerTextAsync("main");
        calls.ShouldContain("claude-opus-4-8");
        calls.ShouldContain("All 2 calls");
        (await window.HasRunAsync()).ShouldBeFalse();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[a-z_]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hidden();

    private static string HiddenIn(string page, string name) => Hidden().Matches(page).First(field => field.Groups["name"].Value == name).Groups["value"].Value;

    private static Credits Credits(string text) => Domain.Money.Credits.TryParse(text, out var credits) ? credits : throw new FormatException(text);

    private async Task<string> BalanceAsync(string wallet) =>
        (await dashboard.Get<ILedgerQueries>().WalletsAsync(new() { Org = "local", Wallet = wallet }, TestContext.Current.CancellationToken)).Single().Balance.ToString();

    private async Task<HttpResponseMessage> SendAsync(string cookie, HttpMethod method, string path, Dictionary<string, string> form)
    {
        using var client = dashboard.NewClient();
        using var request = new HttpRequestMessage(method, $"/credits/{Purse.Own}/{path}");
        request.Headers.Add("Cookie", $"farthing_sign_in={cookie}");
        request.Content = method == HttpMethod.Post ? new FormUrlEncodedContent(form) : null;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
