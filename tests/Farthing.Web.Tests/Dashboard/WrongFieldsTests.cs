using System.Net;
using Farthing.Domain.Money;
using Farthing.Web.Hosting;
using Farthing.Web.Tests.Api;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Forms of which several fields are wrong.</summary>
public sealed class WrongFieldsTests
{
    [Fact]
    public async Task A_budget_names_every_wrong_field_at_once()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await SignInAsync(till.Server);
        var budget = (await till.Server.Get<ManageBudgets>().CreateAsync(TestPeople.Operator(), new() { Name = "All", Amount = Usd.FromDecimal(9) }, TestServer.Cancellation)).Value;
        (string, string)[] wrong = [("name", " "), ("amount", "ten"), ("period", "yearly"), ("alert", "101"), ("whose", "engineer:"), ("another", "Nobody")];

        await ShouldNameAsync(till.Server, signIn, "/finops/budgets/new", ["name", "amount", "period", "alert", "another"], wrong);
        await ShouldNameAsync(till.Server, signIn, "/finops/budgets/edit", ["name", "amount", "period", "alert"], [("id", budget.Id), .. wrong[..4]]);
        await ShouldNameAsync(till.Server, signIn, "/finops/budgets/new", ["name", "whose"], [("name", ""), ("amount", "9"), ("period", "daily"), ("alert", "80"), ("whose", "team:nobody")]);
    }

    [Fact]
    public async Task A_person_names_every_wrong_field_at_once()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await SignInAsync(till.Server);
        var person = await TestPeople.MemberAsync(till.Server, "local", Role.Engineer, team: null);

        await ShouldNameAsync(till.Server, signIn, "/admin/people/new", ["name", "email", "team"], [("name", ""), ("email", "ada"), ("team", "nowhere")]);
        await ShouldNameAsync(
            till.Server, signIn, "/admin/people/edit", ["name", "email", "team", "role"],
            [("id", person.EngineerId), ("name", ""), ("email", "ada@"), ("team", "nowhere"), ("role", "boss")]);
        await ShouldNameAsync(
            till.Server, signIn, "/admin/people/edit", ["email", "role"], [("id", person.EngineerId), ("name", "Ada"), ("email", ""), ("team", ""), ("role", "service")]);
    }

    [Fact]
    public async Task A_key_names_every_wrong_field_at_once()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await SignInAsync(till.Server);
        var person = await TestPeople.MemberAsync(till.Server, "local", Role.Engineer, team: null);

        await ShouldNameAsync(till.Server, signIn, "/admin/keys/new", ["name", "role", "last_day"], [("name", ""), ("role", "boss"), ("last_day", "soon")]);
        await ShouldNameAsync(till.Server, signIn, "/admin/keys/new", ["name", "last_day"], [("name", ""), ("role", "service"), ("last_day", "2001-01-01")]);
        await ShouldNameAsync(till.Server, signIn, "/admin/keys/new", ["name", "last_day"], [("name", ""), ("engineer", person.EngineerId), ("last_day", "soon")]);
    }

    [Fact]
    public async Task A_grant_and_a_correction_name_every_wrong_field_at_once()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await SignInAsync(till.Server);
        var wallet = $"/credits/{Till.Wallet}";

        await ShouldNameAsync(
            till.Server, signIn, wallet + "/grants/new", ["amount", "category", "cost_basis", "expires_at", "priority", "reason"],
            [("id", "g"), ("amount", "0"), ("category", "gift"), ("cost_basis", "-1"), ("expires_at", "soon"), ("priority", "101"), ("reason", "a\u0007b")]);
        await ShouldNameAsync(till.Server, signIn, wallet + "/adjust", ["amount", "reason"], [("id", "a"), ("amount", "many"), ("reason", "")]);
    }

    [Fact]
    public async Task One_wrong_field_is_told_beside_it_and_nowhere_else()
    {
        await using var till = await Till.OpenAsync();
        var signIn = await SignInAsync(till.Server);

        using var refused = await ReadPage.PostAsync(till.Server, signIn, "/finops/budgets/new", ("name", ""), ("amount", "9"), ("period", "monthly"), ("alert", "80"));

        var html = await refused.Content.ReadAsStringAsync(TestServer.Cancellation);
        html.Split("role=\"alert\"").Length.ShouldBe(2);
        html.ShouldContain("id=\"name-problem\" class=\"error\" role=\"alert\"");
    }

    [Fact]
    public async Task A_limit_is_written_as_the_page_writes_numbers()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Money = MoneyFormat.Find("1.234,56 $")! });
        var signIn = await SignInAsync(server);

        using var refused = await ReadPage.PostAsync(server, signIn, "/finops/budgets/new", ("name", "All"), ("amount", "0"), ("period", "monthly"), ("alert", "80"));

        (await refused.Content.ReadAsStringAsync(TestServer.Cancellation)).ShouldContain("at most 1.000.000.000, with");
    }

    [Fact]
    public async Task What_is_deleted_for_ever_is_named()
    {
        await using var till = await Till.OpenAsync();
        await till.Server.Get<ManageBudgets>().CreateAsync(TestPeople.Operator(), new() { Name = "Night & day", Amount = Usd.FromDecimal(9) }, TestServer.Cancellation);

        (await ReadPage.OpenAsync(till.Server, await SignInAsync(till.Server), "/finops/budgets")).Html.ShouldContain("Delete <span class=\"name\">Night &amp; day</span> for ever");
    }

    private static async Task<string> SignInAsync(TestServer server) =>
        (await server.Get<SignIns>().EnterAsync(await TestPeople.KeyAsync(server, Role.Admin), "test", TestServer.Cancellation)).Value.Secret;

    private static async Task ShouldNameAsync(TestServer server, string signIn, string path, string[] wrong, (string Name, string Value)[] fields)
    {
        using var refused = await ReadPage.PostAsync(server, signIn, path, fields);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await refused.Content.ReadAsStringAsync(TestServer.Cancellation);
        html.Split("<p id=\"").Skip(1).Where(static part => part.Contains("-problem\" class=\"error\" role=\"alert\">", StringComparison.Ordinal))
            .Select(static part => part[..part.IndexOf("-problem", StringComparison.Ordinal)]).ShouldBe(wrong, ignoreOrder: true, path);
        foreach (var id in wrong)
        {
            html.ShouldContain($"aria-describedby=\"{(id == "whose" ? "whose-note " : string.Empty)}{id}-problem\"");
        }

        html.ShouldContain($"<p class=\"error\" role=\"alert\">{wrong.Length} fields need a change.</p>");
        html.Split("aria-invalid=\"true\"").Length.ShouldBe(wrong.Length + 1);
        html.Split("autofocus").Length.ShouldBe(2);
        html.IndexOf("autofocus", StringComparison.Ordinal).ShouldBe(html.IndexOf("aria-invalid=\"true\"", StringComparison.Ordinal) - "autofocus ".Length, path);
    }
}
