using Farthing.Web.Access;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Farthing.Workflows.Analytics;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Finops;

/// <summary>Analytics of spend: what Primer's clients read, and the forecasts of any scope.</summary>
internal static class FinopsEndpoints
{
    /// <summary>Adds what they need besides the stores.</summary>
    public static IServiceCollection AddFinops(this IServiceCollection services) => services
        .AddSingleton<ReportedJudgements>()
        .AddSingleton(static provider => new SpendCalendar(provider.GetRequiredService<ServerOptions>().Zone, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<AnalyzeCaching>()
        .AddSingleton<DiagnoseCaching>()
        .AddSingleton(static provider => provider.GetRequiredService<ServerOptions>().Plans)
        .AddSingleton<ModelCosts>()
        .AddSingleton<ForecastSpend>()
        .AddSingleton<ReadNames>()
        .AddSingleton<ForecastScopes>()
        .AddSingleton<ForecastMonth>()
        .AddSingleton<AnalyzeCosts>()
        .AddSingleton<MeasureProductivity>()
        .AddSingleton<ProviderWord>()
        .AddScoped<FinopsDoor>();

    /// <summary>Maps them.</summary>
    public static void MapFinops(this IEndpointRouteBuilder routes)
    {
        var finops = routes.MapGroup("/finops").WithTags("FinOps");
        finops.MapGet("/cache", ReadCaching.HandleAsync).WithName(nameof(ReadCaching)).AllowEveryRole()
            .Says("What caching saved, by day, model and engineer, and what more it could save. With 'diagnose=true' also why prompts were not found, of at most 20,000 calls of the last seven days.");
        finops.MapGet("/cost-modeling", ModelCosting.HandleAsync).WithName(nameof(ModelCosting)).Allow(RoleSets.OverOthers)
            .Says("Which plan fits each engineer: by Primer's bands, or with 'mode=cheapest' the one that costs least over up to six months; and which cheaper model did each kind of work as well. With 'provider' the tiers of that provider, of those that are known, for the calls that went to it.");
        finops.MapGet("/plans", ModelCosting.HandleBothAsync).WithName("ReadPlans").Allow(RoleSets.OverOthers)
            .Says("What '/finops/cost-modeling' answers in both modes, from one reading: 'band' and 'cheapest'.");
        finops.MapGet("/forecast", ReadForecast.HandleAsync).WithName(nameof(ReadForecast)).AllowEveryRole()
            .Says("Primer's straight line through the days with spend; with 'method=auto' the forecast to act upon, by calendar days and with intervals that were tried.");
        var analytics = routes.MapGroup("/analytics").WithTags("FinOps");
        analytics.MapGet("/costs", ReadCosts.HandleAsync).WithName(nameof(ReadCosts)).AllowEveryRole()
            .Says("Cost by model, by day and by kind of work.");
        analytics.MapGet("/productivity", ReadProductivity.HandleAsync).WithName(nameof(ReadProductivity)).AllowEveryRole()
            .Says("Sessions, adoption, and the time saved with its worth by Primer's rule of thumb: work takes three times as long without agents, an hour is worth 75 dollars.");
        routes.MapGet("/forecasts", ReadScopeForecast.HandleAsync).WithName(nameof(ReadScopeForecast)).WithTags("FinOps").AllowEveryRole()
            .Says("The forecast of an organisation, team, project, engineer or model by calendar days, today excluded, and of its parts, which add up to it.");
    }

    private static void Says(this RouteHandlerBuilder route, string description) =>
        route.LimitRate(RateClass.Reads).WithDescription(description).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
