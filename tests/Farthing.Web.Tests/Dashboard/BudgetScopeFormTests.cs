using System.Net;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Whose spend a budget limits that is made in the form.</summary>
public sealed class BudgetScopeFormTests
{
    private const string New = "/finops/budgets/new";
    private const string Ada = "Ada <b>Lovelace</b>";

    [Theory]
    [InlineData("team", "Teams", "First", "team First")]
    [InlineData("engineer", "Engineers", Ada, $"engineer {Ada}")]
    [InlineData("project", "Projects", "mill", "project mill")]
    [InlineData("model", "Models", "claude-opus-4-8", "model claude-opus-4-8")]
    [InlineData("api_key", "API keys", $" of {Ada}", $" of {Ada}")]
    public async Task Whoever_is_listed_can_be_chosen_and_is_named_by_the_card_and_by_the_form_of_the_change(string scope, string group, string option, string shown)
    {
        await using var scene = await Scene.OpenAsync();
        var ada = await scene.HireAsync(Ada, "ada@example.org");
        await scene.SpendAsync(("ada", 9, ada));
        var kind = (await scene.OpenAsync(New)).Group(group);
        var value = kind.Single(choice => choice.Name.EndsWith(option, StringComparison.Ordinal)).Value;

        using var made = await scene.MakeAsync(("whose", value));

        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var budget = await scene.OnlyAsync();
        $"{BudgetWords.Of(budget.Scope)}:{budget.ScopeId}".ShouldBe(value);
        value.ShouldStartWith(scope + ":");
        (await scene.OpenAsync("/finops/budgets")).Text.ShouldContain(shown + "</p>");
        (await scene.OpenAsync($"/finops/budgets/edit?id={budget.Id}")).Text.ShouldContain(shown + "</strong>");
        (await scene.OpenAsync($"{New}?scope={scope}&id={Uri.EscapeDataString(budget.ScopeId)}")).Text.ShouldContain($"<option value=\"{value}\" selected");
    }

    [Theory]
    [InlineData("engineer", "ADA@example.org", "engineer Ada")]
    [InlineData("engineer", "lovelace", "engineer Ada")]
    [InlineData("team", "second", "team Second")]
    [InlineData("api_key", null, null)]
    [InlineData("project", "not begun", "project not begun")]
    [InlineData("model", "opus-4-8", "model claude-opus-4-8")]
    public async Task Somebody_who_is_not_listed_is_typed(string scope, string? name, string? shown)
    {
        await using var scene = await Scene.OpenAsync();
        await scene.SpendAsync(("ada", 9, await scene.HireAsync(Ada, "ada@example.org")));
        var key = (await scene.OpenAsync(New)).Group("API keys").Single(static choice => choice.Name.EndsWith(Ada, StringComparison.Ordinal));

        using var made = await scene.MakeAsync(("whose", scope + ":"), ("another", name ?? key.Name));

        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await scene.OpenAsync("/finops/budgets")).Text.ShouldContain(shown ?? key.Name);
    }

    [Theory]
    [InlineData("engineer:", "Grace", "another", "Nothing here is called “Grace”.")]
    [InlineData("engineer:", "Engineer", "another", "Several are called “Engineer”: type more of the name, or the address.")]
    [InlineData("engineer:", "", "another", "Type the name of the engineer.")]
    [InlineData("api_key:", "", "another", "Type the name of the API key.")]
    [InlineData("project:", "two\nlines", "another", "This must not hold control characters.")]
    [InlineData("", "Grace", "another", "Leave this empty, or choose above what it is the name of.")]
    [InlineData("engineer:nobody", "", "whose", "There is no engineer of that id.")]
    [InlineData("team:nobody", "", "whose", "There is no team of that id.")]
    public async Task Whoever_is_meant_by_nothing_is_told_beside_the_field_and_nothing_is_made(string whose, string another, string field, string told)
    {
        await using var scene = await Scene.OpenAsync();

        using var refused = await scene.MakeAsync(("whose", whose), ("another", another));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = new FormPage(await refused.Content.ReadAsStringAsync(TestServer.Cancellation));
        page.Text.ShouldContain($"id=\"{field}-problem\" class=\"error\" role=\"alert\">{told}</p>");
        page.Text.ShouldContain(whose.Length > 0 && another.Length == 0 && field == "whose" ? $"<option value=\"{whose}\" selected" : $"value=\"{another}\"");
        (await scene.AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_very_many_those_who_spent_the_most_lately_are_listed_and_whoever_the_address_names()
    {
        await using var scene = await Scene.OpenAsync();
        var ids = new List<string>();
        for (var index = 0; index < 60; index++)
        {
            ids.Add(await scene.HireAsync($"Person {index:00}", $"p{index}@example.org"));
        }

        await scene.SpendAsync(("last", 9, ids[59]), ("before", 8, ids[58]));

        var all = (await scene.OpenAsync(New)).Group("Engineers (50 of 65)");
        all.Count.ShouldBe(51);
        all.Select(static choice => choice.Name).ShouldContain("Person 59");
        all.Select(static choice => choice.Name).ShouldContain("Person 58");
        all.ShouldNotContain(choice => choice.Value == $"engineer:{ids[57]}");
        all[^1].ShouldBe(("engineer:", "Another engineer, named below"));
        var named = await scene.OpenAsync($"{New}?scope=engineer&id={ids[57]}");
        named.Text.ShouldContain($"<option value=\"engineer:{ids[57]}\" selected>Person 57</option>");
        named.Group("Engineers (51 of 65)").Count.ShouldBe(52);
    }

    [Fact]
    public async Task People_of_one_name_are_told_apart_by_their_address_and_who_was_deactivated_is_not_listed()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.HireAsync("Sam Twin", "one@example.org");
        await scene.HireAsync("Sam Twin", "two@example.org");
        var gone = await scene.HireAsync("Gone", "gone@example.org");
        (await scene.Server.Get<ManageEngineers>().ChangeAsync(scene.People.Admin.Caller, gone, new() { IsActive = false }, TestServer.Cancellation)).Succeeded.ShouldBeTrue();

        var names = (await scene.OpenAsync(New)).Group("Engineers").Select(static choice => choice.Name).ToList();

        names.ShouldContain("Sam Twin (one@example.org)");
        names.ShouldContain("Sam Twin (two@example.org)");
        names.ShouldNotContain("Gone");
    }

    [Fact]
    public async Task A_leads_budget_is_the_own_teams_and_those_of_its_people_are_only_shown()
    {
        await using var scene = await Scene.OpenAsync();
        var lead = await scene.SignInAsync(scene.People.Lead);
        var draft = new BudgetDraft { Name = "Theirs", Amount = Usd.FromDecimal(5), Scope = "engineer", ScopeId = scene.People.Engineer.EngineerId };
        var theirs = (await scene.Server.Get<ManageBudgets>().CreateAsync(scene.People.Admin.Caller, draft, TestServer.Cancellation)).Value;

        var form = await scene.OpenAsync(New + "?scope=engineer&id=" + scene.People.Engineer.EngineerId, lead);
        form.Text.ShouldNotContain("name=\"whose\"");
        form.Text.ShouldContain("Whose spend: <strong class=\"name\">team First</strong>");
        using var refused = await scene.MakeAsync(lead, ("whose", $"engineer:{scene.People.Engineer.EngineerId}"));
        (await refused.Content.ReadAsStringAsync(TestServer.Cancellation)).ShouldContain("role=\"alert\">Leads make budgets of their whole team");
        using var made = await scene.MakeAsync(lead);

        made.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var own = (await scene.AllAsync()).Single(budget => budget.Id != theirs.Id);
        (own.Scope, own.ScopeId).ShouldBe((BudgetScope.Team, scene.People.Team));
        var list = await scene.OpenAsync("/finops/budgets", lead);
        list.Text.ShouldContain("Theirs");
        list.Text.ShouldContain($"/finops/budgets/edit?id={own.Id}");
        list.Text.ShouldNotContain($"/finops/budgets/edit?id={theirs.Id}");
        (await ReadPage.OpenAsync(scene.Server, lead, $"/finops/budgets/edit?id={theirs.Id}")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Engineers_make_no_budgets_and_another_organisations_people_are_never_found()
    {
        await using var scene = await Scene.OpenAsync();
        var engineer = await scene.SignInAsync(scene.People.Engineer);
        var (foreign, foreigner) = (await scene.SignInAsync(scene.People.ForeignAdmin), scene.People.Foreigner.EngineerId);

        (await ReadPage.OpenAsync(scene.Server, engineer, New)).Status.ShouldBe(403);
        using var refused = await scene.MakeAsync(engineer);
        using var stolen = await scene.MakeAsync(("whose", $"engineer:{foreigner}"));
        using var typed = await scene.MakeAsync(("whose", "engineer:"), ("another", foreigner));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (stolen.StatusCode, typed.StatusCode).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity));
        (await scene.OpenAsync(New)).Text.ShouldNotContain(foreigner);
        (await scene.OpenAsync(New, foreign)).Text.ShouldContain(foreigner);
        (await scene.AllAsync()).ShouldBeEmpty();
    }

    /// <summary>A form as it is read, with what can be chosen in it.</summary>
    private sealed record FormPage(string Html)
    {
        public string Text { get; } = WebUtility.HtmlDecode(Html);

        /// <summary>What stands under a title.</summary>
        public IReadOnlyList<(string Value, string Name)> Group(string title)
        {
            var start = $"<optgroup label=\"{title}\">";
            Html.ShouldContain(start);
            return
            [
                .. Html.Split(start)[1].Split("</optgroup>")[0].Split("<option value=\"").Skip(1)
                    .Select(static option => (WebUtility.HtmlDecode(option.Split('"')[0]), WebUtility.HtmlDecode(option.Split('>', 2)[1].Split("</option>")[0]))),
            ];
        }
    }

    /// <summary>A server with people and an admin who is signed in.</summary>
    private sealed record Scene(TestServer Server, TestPeople People, string Admin) : IAsyncDisposable
    {
        public static async Task<Scene> OpenAsync()
        {
            var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
            var people = await TestPeople.SeedAsync(server);
            return new(server, people, (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret);
        }

        public async Task<string> SignInAsync(TestMember member) => (await Server.Get<SignIns>().EnterAsync(member.Key, "test", TestServer.Cancellation)).Value.Secret;

        public async Task<string> HireAsync(string name, string email) =>
            (await Server.Get<ManageEngineers>().CreateAsync(People.Admin.Caller, name, email, People.Team, TestServer.Cancellation)).Value.Engineer.Id;

        public async Task SpendAsync(params IEnumerable<(string Id, int Tokens, string User)> calls) => (await Server.RecordAsync(UsageBodies.Batch(calls.Select(static call =>
            $$"""{"id":"{{call.Id}}","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-8","input_tokens":{{call.Tokens}}000,"user":"{{call.User}}","project":"mill"}""")))).Status.ShouldBe(200);

        public async Task<FormPage> OpenAsync(string path, string? signIn = null) => new((await ReadPage.OpenAsync(Server, signIn ?? Admin, path)).Html);

        public Task<HttpResponseMessage> MakeAsync(params IEnumerable<(string Name, string Value)> more) => MakeAsync(Admin, more);

        public Task<HttpResponseMessage> MakeAsync(string signIn, params IEnumerable<(string Name, string Value)> more) =>
            ReadPage.PostAsync(Server, signIn, New, [("name", "Budget"), ("amount", "9"), ("period", "monthly"), ("alert", "80"), .. more]);

        public Task<IReadOnlyList<Budget>> AllAsync() =>
            Server.Get<IBudgets>().ListAsync(new("local", ScopeReach.Org, string.Empty), new(10, string.Empty), TestServer.Cancellation);

        public async Task<Budget> OnlyAsync() => (await AllAsync()).ShouldHaveSingleItem();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
