using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Orgs;

/// <summary>Lists the organisations of the server.</summary>
internal static class ListOrgs
{
    public static async Task<Results<Ok<PageAnswer<OrgAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery query, IOrgs orgs, CancellationToken cancellationToken)
    {
        var page = await query.CheckAsync(static id => Task.FromResult(id == Dimensions.LocalOrg));
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await orgs.ListAsync(page.Value.AndOneMore(), cancellationToken);
        return TypedResults.Ok(found.Cut(page.Value, static org => org.Id, OrgAnswer.Of));
    }
}
