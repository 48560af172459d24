using Farthing.Web.Access;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Sessions;

/// <summary>Sessions: clients of Primer report them, everybody sees those of their scope.</summary>
internal static class SessionEndpoints
{
    /// <summary>Adds what they need besides the stores.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<ReportSessions>()
        .AddScoped<IngestDoor>();

    /// <summary>Maps them.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var ingest = routes.MapGroup("/ingest").WithTags("Sessions");
        Reports(ingest.MapPost("/session", IngestSessions.SessionAsync).WithName("IngestSession"), SessionDescription.Session);
        Reports(ingest.MapPost("/bulk", IngestSessions.BulkAsync).WithName("IngestSessions"), SessionDescription.Bulk);
        Reports(ingest.MapPost("/facets/{id}", IngestSessions.FacetsAsync).WithName("IngestFacets").Refuses(StatusCodes.Status404NotFound), SessionDescription.Facets);

        var sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapGet("/", ReadSessions.ListAsync).WithName("ListSessions").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity).LimitRate(RateClass.Reads).AllowEveryRole();
        sessions.MapGet("/{id}", ReadSessions.FindAsync).WithName("GetSession").Refuses(StatusCodes.Status404NotFound).LimitRate(RateClass.Reads).AllowEveryRole();
    }

    private static void Reports(RouteHandlerBuilder route, Microsoft.OpenApi.OpenApiRequestBody body) => route
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = body;
            return Task.CompletedTask;
        })
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .LimitRate(RateClass.Ingest)
        .TakeKeyInBody()
        .Allow(Role.Admin, Role.Service, Role.TeamLead, Role.Engineer);
}
