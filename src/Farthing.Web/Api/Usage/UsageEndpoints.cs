using Farthing.Domain.Pricing;
using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Pricing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Usage;

/// <summary>Where usage comes in.</summary>
internal static class UsageEndpoints
{
    /// <summary>Adds what it needs besides the store of usage. What has no price is held, never estimated: somebody may pay for it.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) => services
        .AddSingleton<BodyRoom>()
        .AddSingleton(static _ => new Rater(EmbeddedCatalog.Load(), UnknownModelPolicy.Hold))
        .AddSingleton<TeamsOfPeople>()
        .AddSingleton<UsageIntake>();

    /// <summary>Maps it.</summary>
    public static void MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/usage", RecordUsage.HandleAsync)
            .WithName(nameof(RecordUsage))
            .WithTags("Usage")
            .AddOpenApiOperationTransformer(static (operation, context, _) =>
            {
                UsageDescription.Describe(operation, context.Document!);
                return Task.CompletedTask;
            })
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Allow(Role.Admin, Role.Service, Role.TeamLead, Role.Engineer);
}
