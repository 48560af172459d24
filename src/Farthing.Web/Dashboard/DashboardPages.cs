using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Admin;
using Farthing.Web.Dashboard.Pages.Calls;
using Farthing.Web.Dashboard.Pages.Explorer;
using Farthing.Web.Dashboard.Pages.Finops;
using Farthing.Web.Dashboard.Pages.Home;
using Farthing.Web.Dashboard.Pages.Prices;
using Farthing.Web.Dashboard.Pages.Sessions;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Dashboard.Pages.Wallets;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Analytics;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Home;
using Farthing.Workflows.Inspecting;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Dashboard;

/// <summary>The registry of the dashboard: what is not listed here is not served.</summary>
internal static class DashboardPages
{
    /// <summary>Every group of pages: one line each.</summary>
    private static readonly IReadOnlyList<Action<IEndpointRouteBuilder>> All =
    [
        BrowserAssets.Map,
        SignInPages.Map,
        HomePages.Map,
        FinopsPages.Map,
        ExplorerPages.Map,
        SessionPages.Map,
        CallPages.Map,
        CreditsPages.Map,
        PricesPages.Map,
        AdminPages.Map,
    ];

    /// <summary>Adds what pages need besides the stores and what the API needs.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<IFailurePages, FailurePages>().AddSingleton<ReadHome>().AddSingleton<NewestCall>().AddSingleton<FindPeople>().AddSingleton<ShownOnce>().AddSingleton<FindUnpriced>().AddSingleton<FindUsedPrices>().AddScoped<FinopsRange>()
        .AddSingleton<BudgetChoices>().AddSingleton<ListSpend>().AddSingleton<ListWork>().AddSingleton<OpenSession>().AddSingleton<ExplainCost>().AddScoped<ListedSpend>()
        .AddSingleton<ReadQuality>().AddSingleton<ReadHealth>().AddExplorer();

    /// <summary>Maps them.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        foreach (var map in All)
        {
            map(routes);
        }
    }
}
