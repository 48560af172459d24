using System.Globalization;
using Farthing.Bench.FinOps;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Bench.Pages;

/// <summary>The pages of the dashboard: where each is, under the name that its route has.</summary>
internal static class PageList
{
    /// <summary>
    /// What is no page that can be visited again and again: files, what a page asks for while it is open, forms, which read a
    /// page's figures or less, and a new key, which is shown once.
    /// </summary>
    public static readonly string[] Others =
    [
        "ReadExplorerCsv", "ReadExplorerSeriesCsv", "ReadExplorerJson", "ReadBridgeCsv", "ReadBridgeJson", "FollowCalls", "OpenBudget", "OpenTeam", "OpenPerson", "OpenNewGrant",
        "OpenAdjustment", "OpenNewTeam", "OpenNewPerson", "ReadNewKey", "AwaitFirstCall", "ReadStatementCsv", "ReadStatementJson",
    ];

    /// <summary>All of them over a filled store.</summary>
    /// <param name="spend">Names a session and a call.</param>
    public static async Task<IReadOnlyList<(string Route, string Path)>> OfAsync(ISpendQueries spend)
    {
        var all = new SpendQuery { Org = Dimensions.LocalOrg, Zone = TimeZoneInfo.Utc };
        var session = (await spend.SessionSpendAsync(all, new() { Limit = 1 }, CancellationToken.None))[0].Key;
        var call = (await spend.CallPageAsync(all, new() { Limit = 1 }, CancellationToken.None))[0].Usage.Id;
        var person = Company.UserOf(37);
        return
        [
            ("ReadHomePage", "/"),
            ("ReadConnectPage", "/connect"),
            ("ReadOverviewPage", "/finops"),
            ("ReadOverviewPage", "/finops?range=90d"),
            ("ReadCachePage", "/finops/cache"),
            ("ReadSavingsPage", "/finops/cache/savings"),
            ("ReadSavingsPage", $"/finops/cache/savings?engineer={person}"),
            ("ReadModelingPage", "/finops/modeling"),
            ("ReadModelingPage", "/finops/modeling?mode=cheapest"),
            ("ReadForecastPage", "/finops/forecast"),
            ("ReadBudgetsPage", "/finops/budgets"),
            ("OpenNewBudget", "/finops/budgets/new"),
            ("ReadExplorerPage", "/explorer?by=team"),
            ("ReadExplorerPage", "/explorer?by=team,engineer,model"),
            ("ReadExplorerPage", "/explorer?by=project&range=90d&grain=week"),
            ("ReadExplorerPage", $"/explorer?by=model&engineer={person}"),
            ("ReadBridgePage", "/explorer/bridge?by=team"),
            ("ReadBridgePage", "/explorer/bridge?by=engineer&range=7d"),
            ("ReadViewsPage", "/explorer/views"),
            ("ReadSessionsPage", "/sessions"),
            ("ReadSessionsPage", "/sessions?range=30d&sort=cost"),
            ("ReadSessionsPage", $"/sessions?engineer={person}"),
            ("ReadSessionPage", $"/sessions/{Uri.EscapeDataString(session)}"),
            ("ReadCallsPage", "/calls"),
            ("ReadCallsPage", $"/calls?engineer={person}"),
            ("ReadCallPage", string.Create(CultureInfo.InvariantCulture, $"/calls/{call}")),
            ("ReadWalletsPage", "/credits"),
            ("ReadWalletPage", $"/credits/{Fittings.Wallet}"),
            ("ReadGrantsPage", $"/credits/{Fittings.Wallet}/grants"),
            ("ReadHoldsPage", $"/credits/{Fittings.Wallet}/holds"),
            ("OpenAdjustmentConfirmation", $"/credits/{Fittings.Wallet}/adjust/confirm?id={Fittings.Correction}&amount=-1&reason=Counted+twice"),
            ("ReadRunPage", $"/credits/runs/{Fittings.Run}"),
            ("ReadPricesPage", "/prices"),
            ("ReadPricePage", "/prices/anthropic/claude-opus-4-6"),
            ("ListSignIns", "/sign-ins"),
            ("ReadPeoplePage", "/admin"),
            ("ReadTeamsPage", "/admin/teams"),
            ("ReadKeysPage", "/admin/keys"),
            ("OpenNewKey", "/admin/keys/new"),
            ("ReadAuditPage", "/admin/audit"),
            ("ReadQualityPage", "/admin/quality"),
            ("ReadHealthPage", "/admin/health"),
        ];
    }
}
