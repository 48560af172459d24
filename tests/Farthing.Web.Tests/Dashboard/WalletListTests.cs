using Farthing.Web.Tests.Api;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The list of wallets.</summary>
public sealed class WalletListTests
{
    [Fact]
    public async Task Figures_of_a_wallet_lead_to_the_part_of_its_page_that_they_are_made_of()
    {
        await using var till = await Till.OpenAsync();
        var people = await TestPeople.SeedAsync(till.Server);
        var signIn = (await till.Server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var list = await ReadPage.OpenAsync(till.Server, signIn, "/credits");
        var wallet = await ReadPage.OpenAsync(till.Server, signIn, $"/credits/{Till.Wallet}");

        foreach (var part in (string[])["statement", "holds", "balance"])
        {
            list.Anchors.ShouldContain(link => link.Href == $"/credits/{Till.Wallet}#{part}");
            wallet.Html.ShouldContain($"id=\"{part}\"");
        }
    }
}
