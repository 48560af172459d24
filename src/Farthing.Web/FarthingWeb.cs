using Farthing.Web.Access;
using Farthing.Web.Api;
using Farthing.Web.Api.Alerts;
using Farthing.Web.Api.Billing;
using Farthing.Web.Api.Budgets;
using Farthing.Web.Api.Finops;
using Farthing.Web.Api.Health;
using Farthing.Web.Api.Ledger;
using Farthing.Web.Api.Sessions;
using Farthing.Web.Api.Usage;
using Farthing.Web.Dashboard;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web;

/// <summary>Joins what answers requests: services, the order of what happens to a request, endpoints.</summary>
internal static class FarthingWeb
{
    /// <summary>The path under which the API of this version lies.</summary>
    private const string ApiPath = "/api/v1";

    /// <summary>Adds what the endpoints need besides the stores.</summary>
    public static IServiceCollection AddFarthingApi(this IServiceCollection services)
    {
        services.AddRoutingCore();
        services.AddRequestDecompression(Inflation.Apply);
        services.AddOpenApi(ApiDescription.Describe);
        services.ConfigureHttpJsonOptions(static json => ApiJson.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton<KeyRing>().AddSingleton<SignIns>().AddSingleton<FailedAttempts>().AddSingleton<RateLimits>().AddSingleton<Credentials>().AddHostedService<KeyUseWriter>();
        services.AddSingleton<ManageOrgs>().AddSingleton<ManageTeams>().AddSingleton<ManageEngineers>().AddSingleton<ManageKeys>();
        services.AddScoped<CallerSlot>().AddScoped(static provider => provider.GetRequiredService<CallerSlot>().Caller);
        services.AddUsage().AddSessions().AddLedger().AddRuns().AddFinops().AddBudgets().AddAlerts().AddDashboard();
        return services;
    }

    /// <summary>Sets what happens to a request, in this order, and the endpoints.</summary>
    public static void MapFarthingApi(this WebApplication app)
    {
        app.UseForwardedCallers(app.Services.GetRequiredService<ServerOptions>());
        app.UseMiddleware<FormatInForce>();
        app.UseMiddleware<SafetyHeaders>();
        app.UseMiddleware<Failures>();
        app.UseMiddleware<HeadRequests>();
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        app.UseRequestDecompression();
        app.UseMiddleware<KnownEncodings>();

        app.MapHealth();
        app.MapOpenApi("/openapi/v1.json").AllowAnyone();
        var api = app.MapGroup(ApiPath);
        foreach (var map in Endpoints.All)
        {
            map(api);
        }

        app.MapDashboard();
        RequireRules(app);
    }

    /// <summary>An endpoint that forgot to say who may call it stops the server, not the first caller.</summary>
    private static void RequireRules(IEndpointRouteBuilder app)
    {
        foreach (var endpoint in app.DataSources.SelectMany(static source => source.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<AccessRule>() is null)
            {
                throw new InvalidOperationException($"The endpoint '{endpoint.DisplayName}' does not say who may call it.");
            }
        }
    }
}
