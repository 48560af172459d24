using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Budgets;

/// <summary>Which budgets are asked for.</summary>
/// <param name="TeamId">Those of a team; leads see their own team's whatever they ask for.</param>
/// <param name="Limit">How many, 1 to 500; 500 unless told.</param>
/// <param name="After">The id of the last one of the page before.</param>
internal readonly record struct BudgetFilter(
    [FromQuery(Name = "team_id")] string? TeamId, [FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "after")] string? After)
{
    /// <summary>The page, or what is wrong.</summary>
    public Result<Page> Check() => TeamId is { Length: > WebLimits.TextLengthMax }
        ? Problem.Invalid("team_id", $"'team_id' must have at most {WebLimits.TextLengthMax} characters.")
        : new PageQuery(Limit ?? WebLimits.PageSizeMax, After).Check();
}

/// <summary>Lists budgets as a plain array, the newest first; the header <c>Link</c> leads to the next page.</summary>
internal static class ListBudgets
{
    public static async Task<Results<Ok<IReadOnlyList<BudgetAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] BudgetFilter filter, Caller caller, ReadBudgets read, HttpContext context, CancellationToken cancellationToken)
    {
        var page = filter.Check();
        if (page.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await read.ListAsync(caller, filter.TeamId, page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static named => named.Standing.Budget.Id, BudgetAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }
}
