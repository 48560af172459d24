using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Teams;

/// <summary>Lists teams as a plain array, as Primer's clients expect; the header <c>Link</c> leads to the next page.</summary>
internal static class ListTeams
{
    public static async Task<Results<Ok<IReadOnlyList<TeamAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery query, Caller caller, ITeams teams, HttpContext context, CancellationToken cancellationToken)
    {
        var page = await query.CheckAsync(async id => await teams.FindAsync(caller.Org, id, cancellationToken) is not null);
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await teams.ListAsync(ScopeRules.Of(caller), page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static team => team.Id, TeamAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }
}
