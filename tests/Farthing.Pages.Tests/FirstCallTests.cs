using System.Text;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;

namespace Farthing.Pages.Tests;

/// <summary>From nothing to the first call, for somebody who sees only what is their own.</summary>
public sealed class FirstCallTests(Dashboard dashboard)
{
    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    [Theory]
    [InlineData("/connect")]
    [InlineData("/")]
    public async Task A_page_that_waits_says_when_the_first_call_has_come_and_leads_to_it(string waits)
    {
        // In an organisation of their own: the figures of the others stay as they are.
        var org = (await dashboard.Get<ManageOrgs>().CreateAsync(Operator, "New here", TestContext.Current.CancellationToken)).Value.Id;
        var key = (await dashboard.Get<ManageEngineers>().CreateAsync(Operator with { Org = org }, "First Call", "first-call@example.org", null, TestContext.Current.CancellationToken)).Value.Secret;
        await using var window = await dashboard.OpenAsync(key);
        await window.GoAsync("/finops");
        await window.Page.ClickAsync("text=Connect an agent");
        await window.Page.WaitForURLAsync("**/connect");
        await window.GoAsync(waits);
        await window.Page.WaitForSelectorAsync("text=Waiting for the first call");
        await window.ShootAsync(waits == "/" ? "home-waiting" : "connect");
        (await window.StumblesAsync()).ShouldBeEmpty();
        await window.BecomeAsync(375, dark: true);
        (await window.OverflowAsync()).ShouldBe(0);
        await window.ShootAsync(waits == "/" ? "home-waiting-375" : "connect-375");

        using var client = dashboard.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage")
        {
            Content = new StringContent("""{"id":"first-call-of-all","model":"claude-sonnet-4-5","input_tokens":1200,"output_tokens":800}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", key);
        (await client.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await window.Page.ClickAsync("text=open Home");
        await window.Page.WaitForSelectorAsync("text=Spend today");
        window.Faults.ShouldBeEmpty();
    }
}
