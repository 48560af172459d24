using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Budgets;

/// <summary>Takes a budget away, with what was told of it.</summary>
internal static class RemoveBudget
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, Caller caller, ManageBudgets manage, CancellationToken cancellationToken) =>
        await manage.RemoveAsync(caller, id, cancellationToken) is { } problem ? problem.ToHttp() : TypedResults.NoContent();
}
