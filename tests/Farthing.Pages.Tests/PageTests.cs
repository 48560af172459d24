namespace Farthing.Pages.Tests;

/// <summary>Every page, wide and narrow, light and dark.</summary>
public sealed class PageTests(Dashboard dashboard)
{
    /// <summary>The pages with the name of their pictures.</summary>
    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "home", "/" },
        { "connect", "/connect" },
        { "finops-overview", "/finops" },
        { "finops-cache", "/finops/cache" },
        { "finops-savings", "/finops/cache/savings?range=30d" },
        { "finops-modeling", "/finops/modeling?mode=cheapest" },
        { "finops-cache-crowd", $"/finops/cache?{Crowd.Span}&page=2" },
        { "finops-modeling-crowd", $"/finops/modeling?{Crowd.Span}" },
        { "finops-forecast", "/finops/forecast" },
        { "finops-budgets", "/finops/budgets" },
        { "finops-budget-new", "/finops/budgets/new" },
        { "explorer", "/explorer?by=team,engineer,model" },
        { "explorer-bridge", "/explorer/bridge?by=engineer&range=7d" },
        { "explorer-filtered", "/explorer?by=project&show=tokens&range=month&grain=none&model=claude-opus-4-8&model=gpt-5.3-codex" },
        { "sessions", "/sessions?range=7d&project=/work/ledger&project=/work/parser&sort=cost" },
        { "session", $"/sessions/{LongSession.Key}" },
        { "calls", "/calls?range=7d" },
        { "credits", "/credits" },
        { "credits-wallet", $"/credits/{Purse.OfAll}" },
        { "credits-grants", $"/credits/{Purse.OfAll}/grants" },
        { "credits-holds", $"/credits/{Purse.OfAll}/holds" },
        { "credits-grant-new", $"/credits/{Purse.OfAll}/grants/new" },
        { "credits-adjust", $"/credits/{Purse.OfAll}/adjust" },
        { "credits-adjust-confirm", $"/credits/{Purse.OfAll}/adjust/confirm?id=11111111-1111-7111-8111-111111111111&amount=-1,250.5&reason=Counted+twice" },
        { "credits-run", $"/credits/runs/{Purse.Run}" },
        { "prices", "/prices" },
        { "prices-model", "/prices/openai/gpt-5.6-sol" },
        { "sign-ins", "/sign-ins" },
        { "admin-people", "/admin" },
        { "admin-teams", "/admin/teams" },
        { "admin-keys", "/admin/keys?ended=yes" },
        { "admin-audit", "/admin/audit" },
        { "admin-quality", "/admin/quality" },
        { "admin-health", "/admin/health" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_whole_wide_and_narrow_light_and_dark(string name, string path)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        // It is loaded once wide in the light and once narrow in the dark, and told of the other each time.
        foreach (var (width, isNew, dark) in new[] { (1280, true, false), (1280, false, true), (375, true, true), (375, false, false) })
        {
            await window.BecomeAsync(width, dark);
            var picture = $"{name}-{width}-{(dark ? "dark" : "light")}";
            if (isNew)
            {
                await window.GoAsync(path);
            }

            await window.ShootAsync(picture);
            (await window.OverflowAsync()).ShouldBe(0, picture);
            (await window.StumblesAsync()).ShouldBeEmpty(picture);
            (await window.Page.Locator("a[href*='{']").CountAsync()).ShouldBe(0, picture);
            (await window.HasRunAsync()).ShouldBeFalse(picture);
            window.Faults.ShouldBeEmpty(picture);
        }
    }

    [Theory]
    [InlineData("/", "What moved")]
    [InlineData("/finops/cache", "Engineers")]
    [InlineData("/finops/modeling", "Engineers")]
    [InlineData("/admin/audit", "Audit")]
    [InlineData($"/credits/{Purse.OfAll}", "Lines of the ledger")]
    public async Task What_matters_of_a_table_is_in_view_on_a_phone(string path, string table)
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, width: 375);
        await window.GoAsync(path);
        var box = window.Page.Locator($".scroll[aria-label='{table}']").First;
        await box.ScrollIntoViewIfNeededAsync();

        (await box.EvaluateAsync<int>("box => box.scrollWidth - box.clientWidth")).ShouldBeLessThanOrEqualTo(0);
        (await box.Locator("thead th:visible").CountAsync()).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Charts_write_amounts_as_the_page_says()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.Page.RouteAsync("**/finops", static async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("<body", "<body data-money=\"1.234,56\u00A0$\"", StringComparison.Ordinal) });
        });
        await window.GoAsync("/finops");

        var written = await window.Page.EvaluateAsync<string[]>(
            "() => { const { formatter } = echarts.getInstanceByDom(document.querySelector('[data-chart]')).getOption().yAxis[0].axisLabel; return [1234.5, 2.5, -1234567.5].map(formatter); }");

        written.ShouldBe(["1,2K\u00A0$", "2,50\u00A0$", "-1,2M\u00A0$"]);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Parts_of_a_bar_are_as_high_as_their_values_and_what_is_there_is_seen()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/sessions/{LongSession.Key}");

        var wrong = await window.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('[data-chart]')].flatMap(element => {
              const chart = echarts.getInstanceByDom(element);
              const zero = chart.convertToPixel({ yAxisIndex: 0 }, 0);
              return chart.getModel().getSeries().filter(series => series.subType === 'bar').flatMap(series => {
                const values = JSON.parse(element.dataset.chart).series[series.seriesIndex].values;
                return values.map((value, at) => [value, series.getData().getItemLayout(at), series.getData().getItemVisual(at, 'style')])
                  .filter(([value]) => value > 0)
                  .filter(([value, bar, style]) => style.lineWidth || Math.abs(Math.abs(bar.height) - Math.max(1, zero - chart.convertToPixel({ yAxisIndex: 0 }, value))) > 0.01)
                  .map(([value, bar]) => series.name + ' ' + value + ' ' + bar.height);
              });
            })
            """);

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_figures_of_charts_lie_open_where_no_script_draws_them()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin, hasScripts: false);

        await window.Page.GotoAsync("/finops");

        (await window.Page.Locator("details.figures td").First.IsVisibleAsync()).ShouldBeTrue();
        (await window.Page.Locator(".chart").First.BoundingBoxAsync())!.Height.ShouldBe(0, "There is no room for what is never drawn.");
    }

    [Fact]
    public async Task Nothing_moves_when_charts_are_drawn()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.Page.RouteAsync("**/charts.*.js", static route => route.AbortAsync());
        await window.Page.GotoAsync("/finops");
        var before = await window.Page.Locator("#work").BoundingBoxAsync();
        await window.Page.UnrouteAllAsync();

        await window.GoAsync("/finops");

        (await window.Page.Locator("#work").BoundingBoxAsync())!.Y.ShouldBe(before!.Y);
    }

    [Fact]
    public async Task Whoever_has_no_calls_is_told_how_to_get_some()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Idle);

        await window.GoAsync("/");

        await window.ShootAsync("home-empty");
        (await window.Page.InnerTextAsync("main")).ShouldContain("farthing up");
        (await window.StumblesAsync()).ShouldBeEmpty();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_engineer_sees_what_is_their_own_and_an_admin_everything()
    {
        var (all, own) = (await TodayAsync(dashboard.People.Admin), await TodayAsync(dashboard.People.Engineer));

        all.ShouldBe(3, "Three people made a call today.");
        own.ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_whose_plans_are_modelled_stays_when_another_span_is_chosen()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync("/finops/modeling?mode=cheapest");

        await window.Page.ClickAsync("nav[aria-label='Whose plans'] >> text=openai");
        await window.Page.ClickAsync("text=90 days");

        (await window.Page.InnerTextAsync("nav[aria-label='Whose plans'] [aria-current=true]")).ShouldBe("openai");
        (await window.Page.InnerTextAsync("main")).ShouldContain("Small seat");
        (await window.Page.InnerTextAsync("main")).ShouldNotContain("Claude Pro");
        new Uri(window.Page.Url).Query.ShouldBe("?range=90d&mode=cheapest&provider=openai");
    }

    [Fact]
    public async Task Engineers_of_other_pages_are_found_at_their_table()
    {
        await using var window = await dashboard.OpenAsync(dashboard.People.Admin);
        await window.GoAsync($"/finops/modeling?{Crowd.Span}&mode=cheapest");

        await window.Page.ClickAsync("nav[aria-label='Pages of engineers'] >> text=Next page");
        await window.Page.WaitForURLAsync($"**/finops/modeling?{Crowd.Span}&mode=cheapest&page=2#engineers");
        var place = await window.Page.InnerTextAsync("#engineers .note");
        var elsewhere = window.Page.Locator(".figure tbody a:not([href='#engineers'])").First;
        var name = await elsewhere.TextContentAsync();
        await window.Page.ClickAsync("text=Figures as a table");
        await elsewhere.ClickAsync();
        await window.Page.WaitForURLAsync($"**/finops/modeling?{Crowd.Span}&mode=cheapest#engineers");

        place.ShouldBe($"Engineers 101 to {Crowd.Engineers} of {Crowd.Engineers}, most savings first.");
        (await window.Page.Locator($"#engineers tbody >> text=\"{name}\"").CountAsync()).ShouldBe(1);
        (await window.Page.Locator("#engineers h2").BoundingBoxAsync())!.Y.ShouldBeInRange(0, 900, "The table is in view.");
        window.Faults.ShouldBeEmpty();
    }

    private async Task<int> TodayAsync(string key)
    {
        await using var window = await dashboard.OpenAsync(key);
        await window.GoAsync("/finops?range=today");
        var calls = await window.Page.InnerTextAsync(".card .sub");
        return int.Parse(calls.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
