using System.Net;
using Farthing.Testing;
using Farthing.Web.Access;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Names that are typed into filters.</summary>
public sealed class TypedFilterTests
{
    private const string Form = "form=1&range=7d&add-engineer=";

    [Fact]
    public async Task A_name_or_address_finds_the_engineer_and_what_finds_none_or_several_is_told_beside_the_field()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var manage = server.Get<ManageEngineers>();
        var ada = await HireAsync("Ada Lovelace", "ada@example.org");
        var adam = await HireAsync("Adam Smith", "adam@example.org");
        var twins = new[] { await HireAsync("Sam Twin", "one@example.org"), await HireAsync("Sam Twin", "two@example.org") };
        (await server.RecordAsync(UsageBodies.Batch(Enumerable.Range(0, 70).Select(index => Call($"c-{index}", $"user {index}")).Concat([Call("ada", ada), Call("twin", twins[0])])))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        foreach (var (path, more) in new[] { ("/calls?", string.Empty), ("/sessions?", string.Empty), ("/explorer?", "&by=model"), ("/explorer/bridge?", "&by=model") })
        {
            foreach (var (typed, id) in new[] { ("ada lovelace", ada), ("ADA@example.org", ada), ("Smith", adam), (twins[1], twins[1]), ("two@example.org", twins[1]), ("user 69", "user 69") })
            {
                (await LeadAsync(path + Form + Uri.EscapeDataString(typed) + more)).ShouldContain($"&engineer={Uri.EscapeDataString(id)}", Case.Sensitive, path + typed);
            }

            foreach (var (typed, told) in new[] { ("Sam Twin", "Several are called"), ("ada", "Several are called"), ("Nobody <b>", "Nothing here is called") })
            {
                var lead = await LeadAsync(path + Form + Uri.EscapeDataString(typed) + more);
                lead.ShouldNotContain("&engineer=");
                var page = await ReadPage.OpenAsync(server, signIn, lead);
                page.Status.ShouldBe(200);
                page.Html.ShouldContain("id=\"add-engineer-problem\" class=\"error\" role=\"alert\"", Case.Sensitive, path + typed);
                WebUtility.HtmlDecode(page.Html).ShouldContain($"{told} “{typed}”");
                page.Html.ShouldContain($"value=\"{WebUtility.HtmlEncode(typed)}\"");
            }
        }

        (await ReadPage.OpenAsync(server, signIn, "/calls?range=7d")).Html.ShouldContain("<option value=\"Ada Lovelace\"", Case.Sensitive, "A name is what people type.");

        async Task<string> HireAsync(string name, string email) => (await manage.CreateAsync(people.Admin.Caller, name, email, null, TestServer.Cancellation)).Value.Engineer.Id;

        async Task<string> LeadAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
            using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
            return answer.RequestMessage!.RequestUri!.PathAndQuery;
        }
    }

    [Fact]
    public async Task An_api_key_is_found_by_its_name_and_by_whose_it_is()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Time = new ManualTime() });
        var people = await TestPeople.SeedAsync(server);
        var ada = (await server.Get<ManageEngineers>().CreateAsync(people.Admin.Caller, "Ada Lovelace", "ada@example.org", null, TestServer.Cancellation)).Value;
        var find = server.Get<FindTyped>();
        var key = (await KeyNames.ReadAsync(server.Get<IKeys>(), ScopeRules.Of(people.Admin.Caller), TestServer.Cancellation)).Keys.Single(key => key.EngineerId == ada.Engineer.Id);

        (await FindAsync(people.Admin, "service")).ShouldBe(new(people.Service.Caller.KeyId, IsAmbiguous: false));
        (await FindAsync(people.Admin, "of Ada Lovelace")).ShouldBe(new(key.Id, IsAmbiguous: false));
        (await FindAsync(people.Admin, key.Prefix)).ShouldBe(new(key.Id, IsAmbiguous: false));
        (await FindAsync(people.Admin, "engineer's key")).ShouldBe(new(null, IsAmbiguous: true));
        (await FindAsync(people.Engineer, "service")).ShouldBe(new(null, IsAmbiguous: false));
        (await FindAsync(people.ForeignAdmin, key.Prefix)).ShouldBe(new(null, IsAmbiguous: false));

        Task<TypedValue> FindAsync(TestMember who, string text) => find.FindAsync(ScopeRules.Of(who.Caller), SpendDimension.ApiKey, text, TestServer.Cancellation);
    }

    private static string Call(string id, string user) =>
        $$"""{"id":"{{id}}","occurred_at":"2026-11-15T09:00:00Z","model":"claude-opus-4-8","input_tokens":9,"user":"{{user}}"}""";
}
