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
        (await views.AddAsync(View, 2, Cancellation)).ShouldBeNull();
        (await views.AddAsync(View with { Id = "v2", Name = "Another", IsShared = true }, 2, Cancellation)).ShouldBeNull();
        (await views.AddAsync(View with { Id = "v3", Name = "A third" }, 2, Cancellation)).ShouldBe(ManageViews.TooMany);
        (await views.AddAsync(View with { Org = "other" }, 2, Cancellation)).ShouldBeNull();

        (await views.FindAsync("local", "v1", Cancellation)).ShouldBe(View);
        (await views.FindAsync("nowhere", "v1", Cancellation)).ShouldBeNull();
        (await views.ListAsync("local", "engineer:ada", 10, Cancellation)).Select(view => view.Id).ShouldBe(["v1", "v2"]);
        (await views.ListAsync("local", "role:admin", 10, Cancellation)).Select(view => view.Id).ShouldBe(["v2"]);

        (await views.ChangeAsync("local", "v1", "Zebra", isShared: true, Cancellation)).ShouldBeNull();
        (await views.ChangeAsync("local", "v9", "Zebra", isShared: true, Cancellation)).ShouldBe(ManageViews.NotThere);
        (await views.ListAsync("local", "role:admin", 10, Cancellation)).Select(view => view.Name).ShouldBe(["Another", "Zebra"]);
        (await views.RemoveAsync("local", "v1", Cancellation)).ShouldBeTrue();
        (await views.RemoveAsync("local", "v1", Cancellation)).ShouldBeFalse();
        (await views.FindAsync("other", "v1", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_name_is_that_of_one_view_of_its_owner_whoever_comes_at_once()
    {
        await using var opened = await OpenAsync();
        var views = opened.Stores.Views;

        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(
            () => views.AddAsync(View with { Id = $"v{index}", Name = index % 2 == 0 ? "Every Day" : "every day " }, 100, Cancellation), Cancellation)));
        var kept = (await views.ListAsync("local", View.Owner, 10, Cancellation)).ShouldHaveSingleItem();

        refused.Count(static problem => problem == ManageViews.NameTaken).ShouldBe(7);
        (await views.AddAsync(kept with { Id = "w1", Owner = "role:admin" }, 100, Cancellation)).ShouldBeNull("It is somebody else's.");
        (await views.AddAsync(View with { Id = "w2" }, 100, Cancellation)).ShouldBeNull();
        (await views.ChangeAsync("local", "w2", "EVERY DAY", isShared: true, Cancellation)).ShouldBe(ManageViews.NameTaken);
        (await views.ChangeAsync("local", kept.Id, "EVERY DAY", isShared: true, Cancellation)).ShouldBeNull("It is its own name.");
    }

    protected abstract Task<OpenedBudgets> OpenAsync();
}
