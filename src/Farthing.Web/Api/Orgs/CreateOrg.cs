using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Orgs;

/// <summary>An organisation to be founded.</summary>
internal sealed record CreateOrgRequest(string Name);

/// <summary>Founds an organisation.</summary>
internal static class CreateOrg
{
    public static async Task<Results<Created<OrgAnswer>, ProblemHttpResult>> HandleAsync(
        CreateOrgRequest request, Caller caller, ManageOrgs orgs, CancellationToken cancellationToken)
    {
        var result = await orgs.CreateAsync(caller, request.Name, cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Created((string?)null, OrgAnswer.Of(result.Value));
    }
}
