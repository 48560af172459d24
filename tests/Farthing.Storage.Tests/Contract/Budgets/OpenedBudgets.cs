namespace Farthing.Storage.Tests.Contract.Budgets;

/// <summary>A store of budgets, and what ends it.</summary>
public sealed class OpenedBudgets(Func<BudgetStores> another, Func<ValueTask> close) : IAsyncDisposable
{
    /// <summary>Its ports.</summary>
    public BudgetStores Stores { get; } = another();

    /// <summary>The same as somebody else sees it.</summary>
    public BudgetStores Another() => another();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => close();
}
