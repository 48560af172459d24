using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Engineers;

/// <summary>Lists engineers as a plain array, as Primer's clients expect; the header <c>Link</c> leads to the next page.</summary>
internal static class ListEngineers
{
    public static async Task<Results<Ok<IReadOnlyList<EngineerAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageQuery query, [FromQuery(Name = "team_id")] string? team, Caller caller, IEngineers engineers, HttpContext context,
        CancellationToken cancellationToken)
    {
        var page = await query.CheckAsync(async id => await engineers.FindAsync(caller.Org, id, cancellationToken) is not null);
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await engineers.ListAsync(ScopeRules.Of(caller, team), page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static engineer => engineer.Id, EngineerAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }
}
