using Farthing.Web.Api.Alerts;
using Farthing.Web.Api.Audit;
using Farthing.Web.Api.Billing;
using Farthing.Web.Api.Budgets;
using Farthing.Web.Api.Engineers;
using Farthing.Web.Api.Finops;
using Farthing.Web.Api.Keys;
using Farthing.Web.Api.Ledger;
using Farthing.Web.Api.Notifications;
using Farthing.Web.Api.Orgs;
using Farthing.Web.Api.Sessions;
using Farthing.Web.Api.Teams;
using Farthing.Web.Api.Usage;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api;

/// <summary>The registry of the API: what is not listed here is not served.</summary>
internal static class Endpoints
{
    /// <summary>Every group of endpoints: one line each.</summary>
    public static IReadOnlyList<Action<IEndpointRouteBuilder>> All { get; } =
    [
        UsageEndpoints.MapUsage,
        SessionEndpoints.MapSessions,
        LedgerEndpoints.MapLedger,
        RunEndpoints.MapRuns,
        FinopsEndpoints.MapFinops,
        BudgetEndpoints.MapBudgets,
        AlertEndpoints.MapAlerts,
        NotificationEndpoints.MapNotifications,
        OrgEndpoints.Map,
        TeamEndpoints.Map,
        EngineerEndpoints.Map,
        KeyEndpoints.Map,
        ReadAudit.Map,
    ];
}
