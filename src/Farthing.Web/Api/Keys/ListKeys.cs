using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Keys;

/// <summary>Lists the keys of the organisation, the revoked ones too.</summary>
internal static class ListKeys
{
    public static async Task<Results<Ok<PageAnswer<KeyAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery query, Caller caller, IKeys keys, CancellationToken cancellationToken)
    {
        var page = await query.CheckAsync(
            async id => await keys.ListAsync(new KeyQuery { Org = caller.Org, Page = new(1, string.Empty), Ids = [id] }, cancellationToken) is [_, ..]);
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await keys.ListAsync(caller.Org, page.Value.AndOneMore(), cancellationToken);
        return TypedResults.Ok(found.Cut(page.Value, static key => key.Id, KeyAnswer.Of));
    }
}
