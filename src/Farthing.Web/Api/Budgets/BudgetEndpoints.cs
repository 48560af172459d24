using Farthing.Web.Access;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Farthing.Web.Api.Budgets;

/// <summary>Budgets as Primer's clients expect them: admins and finance have all of them, leads those of their team.</summary>
internal static class BudgetEndpoints
{
    /// <summary>Adds what they need besides the stores, and whoever watches them.</summary>
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.TryAddSingleton<IBudgetSpend, SpendOfBudgets>();
        return services
            .AddSingleton<BudgetStandings>()
            .AddSingleton<NamesOfCalls>()
            .AddSingleton<ManageBudgets>()
            .AddSingleton<ReadBudgets>()
            .AddSingleton<WatchBudgets>()
            .AddSingleton<SpendSignals>()
            .AddSingleton<DeliverNotifications>()
            .AddHostedService<BudgetWatcher>()
            .AddHostedService<NotificationSender>();
    }

    /// <summary>Maps them.</summary>
    public static void MapBudgets(this IEndpointRouteBuilder routes)
    {
        var budgets = routes.MapGroup("/finops/budgets").WithTags("Budgets");
        budgets.MapGet(string.Empty, ListBudgets.HandleAsync).WithName(nameof(ListBudgets)).Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(RoleSets.OverOthers);
        budgets.MapPost(string.Empty, CreateBudget.HandleAsync).WithName(nameof(CreateBudget)).Refuses(StatusCodes.Status422UnprocessableEntity).Allow(RoleSets.OverOthers);
        budgets.MapPatch("/{id}", ChangeBudget.HandleAsync).WithName(nameof(ChangeBudget)).Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).Allow(RoleSets.OverOthers);
        budgets.MapDelete("/{id}", RemoveBudget.HandleAsync).WithName(nameof(RemoveBudget)).Refuses(StatusCodes.Status404NotFound).Allow(RoleSets.OverOthers);
    }
}
