using Farthing.Web.Access;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Billing;

/// <summary>The doors of runs: programs start and end them, everybody sees those that their scope holds.</summary>
internal static class RunEndpoints
{
    /// <summary>Adds what they need besides the ledger.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<RunMeter>()
        .AddSingleton<RunPayers>()
        .AddSingleton<StateRun>()
        .AddScoped<RunCosts>();

    /// <summary>Maps them.</summary>
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/runs").WithTags("Runs");
        runs.MapPost("/", StartRuns.HandleAsync).WithName("StartRun").Creates<RunAnswer>().Allow(Role.Admin, Role.Service);
        runs.MapGet("/", ReadRuns.ListAsync).WithName("ListRuns").AllowEveryRole();
        runs.MapGet("/{id}", ReadRuns.FindAsync).WithName("GetRun").AllowEveryRole();
        runs.MapPost("/{id}/usage", ReportRuns.HandleAsync).WithName("ReportRun").Changes<RunAnswer>().Allow(Role.Admin, Role.Service);
        runs.MapPost("/{id}/complete", CompleteRuns.HandleAsync).WithName("CompleteRun").Changes<RunAnswer>().Allow(Role.Admin, Role.Service);
        runs.MapGet("/{id}/statement", RunStatements.FindAsync).WithName("GetRunStatement").AllowEveryRole();
    }
}
