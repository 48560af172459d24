using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>The pages about the organisation and its server: one line each.</summary>
internal static class AdminPages
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        PeoplePages.Map(routes);
        TeamPages.Map(routes);
        KeyPages.Map(routes);
        AuditPages.Map(routes);
        InspectionPages.Map(routes);
    }
}
