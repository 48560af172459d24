using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Orgs;

/// <summary>Organisations: the operator's business only.</summary>
internal static class OrgEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var orgs = routes.MapGroup("/orgs").WithTags("Organisations").Allow(Role.Operator);
        orgs.MapPost(string.Empty, CreateOrg.HandleAsync).WithName(nameof(CreateOrg));
        orgs.MapGet(string.Empty, ListOrgs.HandleAsync).WithName(nameof(ListOrgs));
    }
}

/// <summary>An organisation as it is answered.</summary>
internal sealed record OrgAnswer(string Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>The answer for an organisation.</summary>
    public static OrgAnswer Of(Org org) => new(org.Id, org.Name, org.CreatedAt);
}
