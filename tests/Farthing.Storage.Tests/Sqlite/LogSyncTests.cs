using Farthing.Storage.Sqlite;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class LogSyncTests : IAsyncDisposable
{
    private readonly CountingLog log = new();
    private readonly LogSync sync = new();

    [Fact]
    public async Task One_sync_takes_along_all_that_was_committed_before_it()
    {
        var first = sync.Follow(log.Log);
        var second = sync.Follow(log.Log);

        await sync.ReachAsync(first);
        await sync.ReachAsync(second);

        log.Syncs.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_committed_later_needs_a_sync_of_its_own()
    {
        await sync.ReachAsync(sync.Follow(log.Log));
        await sync.ReachAsync(sync.Follow(log.Log));

        log.Syncs.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_taken_for_durable_behind_a_sync_that_failed()
    {
        log.FailNow();
        await Should.ThrowAsync<StorageFailedException>(async () => await sync.ReachAsync(sync.Follow(log.Log)));
        log.FailNoMore();

        var refused = await Should.ThrowAsync<StorageFailedException>(async () => await sync.ReachAsync(sync.Follow(log.Log)));

        refused.Message.ShouldContain("farthing.db (SQLite error 10)");
        Should.Throw<StorageFailedException>(sync.ThrowIfFailed);
        log.Syncs.ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_that_brings_itself_to_the_disk_needs_no_sync()
    {
        await sync.ReachAsync(sync.Follow(null));

        log.Syncs.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await sync.DisposeAsync();
        }
        catch (StorageFailedException)
        {
            // Of the test whose disk fails.
        }

        log.Dispose();
    }
}
