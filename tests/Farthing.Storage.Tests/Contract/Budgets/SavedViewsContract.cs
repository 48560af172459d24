using Farthing.Workflows.Exploring;

namespace Farthing.Storage.Tests.Contract.Budgets;

/// <summary>What every store of views does.</summary>
public abstract class SavedViewsContract
{
    private static readonly SavedView View = new()
    {
        Org = "local", Id = "v1", Owner = "engineer:ada", Name = "<script>'", Query = "by=team&model=a%26b", CreatedAt = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_are_kept_changed_and_removed_within_their_organisation()
    {
        await using var opened = await OpenAsync();
        var views = opened.Stores.Views;
        (await views.AddAsync(View, 2, Cancellation)).ShouldBeTrue();
        (await views.AddAsync(View with { Id = "v2", Name = "Another", IsShared = true }, 2, Cancellation)).ShouldBeTrue();
        (await views.AddAsync(View with { Id = "v3" }, 2, Cancellation)).ShouldBeFalse("As many as may be.");
        (await views.AddAsync(View with { Org = "other" }, 2, Cancellation)).ShouldBeTrue();

        (await views.FindAsync("local", "v1", Cancellation)).ShouldBe(View);
        (await views.FindAsync("nowhere", "v1", Cancellation)).ShouldBeNull();
        (await views.ListAsync("local", "engineer:ada", 10, Cancellation)).Select(view => view.Id).ShouldBe(["v1", "v2"]);
        (await views.ListAsync("local", "role:admin", 10, Cancellation)).Select(view => view.Id).ShouldBe(["v2"]);

        (await views.ChangeAsync("local", "v1", "Zebra", isShared: true, Cancellation)).ShouldBeTrue();
        (await views.ListAsync("local", "role:admin", 10, Cancellation)).Select(view => view.Name).ShouldBe(["Another", "Zebra"]);
        (await views.RemoveAsync("local", "v1", Cancellation)).ShouldBeTrue();
        (await views.RemoveAsync("local", "v1", Cancellation)).ShouldBeFalse();
        (await views.FindAsync("other", "v1", Cancellation)).ShouldNotBeNull();
    }

    protected abstract Task<OpenedBudgets> OpenAsync();
}
