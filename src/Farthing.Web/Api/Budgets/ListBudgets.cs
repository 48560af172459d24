using Farthing.Web.Api.Finops;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Budgets;

/// <summary>Which budgets are asked for.</summary>
internal readonly record struct BudgetFilter
{
    /// <summary>Those of a team; leads see their own team's whatever they ask for.</summary>
    [FromQuery(Name = "team_id")]
    public string? TeamId { get; init; }

    /// <summary>How many, 1 to 500; 500 unless told.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The id of the last one of the page before.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>The page, or what is wrong.</summary>
    public Result<Page> Check() => TeamId is { Length: > WebLimits.TextLengthMax }
        ? Problem.Invalid("team_id", $"'team_id' must have at most {WebLimits.TextLengthMax} characters.")
        : new PageQuery { Limit = Limit ?? WebLimits.PageSizeMax, After = After }.Check();
}

/// <summary>Lists budgets as a plain array, the newest first; the header <c>Link</c> leads to the next page. A team that the organisation does not have is not found.</summary>
internal static class ListBudgets
{
    public static async Task<Results<Ok<IReadOnlyList<BudgetAnswer>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] BudgetFilter filter, Caller caller, ReadBudgets read, FinopsDoor door, HttpContext context, CancellationToken cancellationToken)
    {
        var page = filter.Check();
        if ((page.Problem ?? (await door.ScopeAsync("team_id", filter.TeamId, cancellationToken)).Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var found = await read.ListAsync(caller, filter.TeamId, page.Value.AndOneMore(), cancellationToken);
        var answer = found.Cut(page.Value, static named => named.Standing.Budget.Id, BudgetAnswer.Of);
        context.LinkNext(answer.Next);
        return TypedResults.Ok(answer.Items);
    }
}
