using Farthing.Finops;
using Farthing.Web.Api;
using Farthing.Workflows;
using Farthing.Workflows.Budgeting;

namespace Farthing.Budgeting;

/// <summary>The budgets in the store of the settings.</summary>
/// <param name="ports">The store.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreBudgets(FinopsPorts ports, TimeProvider time) : IBudgetDesk
{
    private const int BudgetsMax = 10_000;

    private readonly ManageBudgets manage = new(
        ports.Budgets, ports.Teams, ports.IsShared ? ports.Engineers : new OwnEngineer(ports.Engineers), ports.Keys, new(ports.Spend), time);

    private readonly ReadBudgets read = new(
        ports.Budgets, new(new SpendOfBudgets(ports.IsShared ? ports.Spend : new OwnCalls(ports.Spend)), time), ports.Teams, ports.Engineers, ports.Keys, new(ports.Spend));

    /// <inheritdoc/>
    public async Task<byte[]> ListAsync(string? team, CancellationToken cancellationToken) =>
        BudgetJson.Of(await read.ListAsync(StoreAnswers.Operator, team, new(BudgetsMax, string.Empty), cancellationToken));

    /// <inheritdoc/>
    public async Task<byte[]> CreateAsync(BudgetWish wish, CancellationToken cancellationToken) =>
        await AnswerAsync(await manage.CreateAsync(StoreAnswers.Operator, wish.ToDraft(), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> ChangeAsync(string id, BudgetWish wish, CancellationToken cancellationToken) =>
        await AnswerAsync(await manage.ChangeAsync(StoreAnswers.Operator, id, wish.ToChange(), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await manage.RemoveAsync(StoreAnswers.Operator, id, cancellationToken) is { } problem)
        {
            throw new AnswerException(problem.Detail);
        }
    }

    private async Task<byte[]> AnswerAsync(Result<Budget> result, CancellationToken cancellationToken) => result.Problem is { } problem
        ? throw new AnswerException(problem.Detail)
        : BudgetJson.Of(await read.OfAsync(result.Value, cancellationToken));
}
