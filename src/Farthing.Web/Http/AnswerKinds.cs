using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>Says what endpoints answer, which their type does not tell.</summary>
internal static class AnswerKinds
{
    /// <summary>An endpoint that answers with something new, or with what was there already.</summary>
    public static RouteHandlerBuilder Creates<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status201Created).Changes<T>();

    /// <summary>An endpoint that refuses with some statuses besides those of every endpoint.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route;
    }

    /// <summary>An endpoint that answers with something as it is now.</summary>
    public static RouteHandlerBuilder Changes<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
