using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>What is particular to a store in a file.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-file-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_store_is_found_again_as_it_was_left()
    {
        await using var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        await store.AppendAsync(new InventedCall { Key = "1" }, new InventedCall { Key = "2", Request = "req" });
        var before = await store.DescribeAsync();

        await store.ReopenAsync(TimeZoneInfo.Utc);

        (await store.DescribeAsync()).ShouldBe(before);
        (await store.AppendAsync(new InventedCall { Key = "1" }, new InventedCall { Key = "3" })).Accepted.ShouldBe(1);
        File.Exists(store.Path + "-wal").ShouldBeTrue();
        await store.ReopenAsync(TimeZoneInfo.Utc);
        (await store.CallsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Closing_leaves_one_file_without_a_log_to_recover()
    {
        var path = PathOf("usage.db");
        var store = SqliteStore.Open(path, TimeZoneInfo.Utc);
        await ((IUsageStore)store).AppendAsync(new([new InventedCall().Rated()], []), StoreUnderTest.Cancellation);

        await store.DisposeAsync();
        await store.DisposeAsync();

        Directory.GetFiles(folder.FullName).ShouldBe([path]);
    }

    [Fact]
    public async Task The_reporting_zone_is_fixed_when_the_store_is_created()
    {
        var path = PathOf("usage.db");
        await SqliteStore.Open(path, Berlin).DisposeAsync();

        await using var store = SqliteStore.Open(path, TimeZoneInfo.Utc);

        store.ReportingZone.Id.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public async Task Folder_and_file_are_for_the_owners_eyes_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var path = PathOf("new/deeper/usage.db");
        await using var store = SqliteStore.Open(path, TimeZoneInfo.Utc);
        await ((IUsageStore)store).AppendAsync(new([new InventedCall().Rated()], []), StoreUnderTest.Cancellation);

        const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(path).ShouldBe(OwnFile);
        File.GetUnixFileMode(path + "-wal").ShouldBe(OwnFile);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(OwnFile | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name_and_left_alone()
    {
        var path = PathOf("notes.txt");
        var notes = string.Concat(Enumerable.Repeat("These are notes, not a database. ", 100));
        File.WriteAllText(path, notes);

        Should.Throw<StorageFailedException>(() => SqliteStore.Open(path, TimeZoneInfo.Utc)).Message.ShouldContain($"{path} cannot be used: file is not a database");

        File.ReadAllText(path).ShouldBe(notes);
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        var path = PathOf("other.db");
        File.WriteAllBytes(path, []);
        using (var other = Connection.Open(path, readOnly: false, 0))
        {
            other.Execute("CREATE TABLE theirs (id INTEGER)");
        }

        Should.Throw<StorageFailedException>(() => SqliteStore.Open(path, TimeZoneInfo.Utc)).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var path = PathOf("usage.db");
        await SqliteStore.Open(path, TimeZoneInfo.Utc).DisposeAsync();
        using (var newer = Connection.Open(path, readOnly: false, 0))
        {
            newer.Execute("PRAGMA user_version = 99");
        }

        Should.Throw<StorageFailedException>(() => SqliteStore.Open(path, TimeZoneInfo.Utc)).Message.ShouldContain("newer version");
    }

    [Theory]
    [InlineData("/proc/farthing/usage.db")]
    [InlineData("/dev/null/usage.db")]
    public void A_place_that_cannot_be_written_is_refused_by_name(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "These places are Linux's.");

        var failure = Should.Throw<StorageFailedException>(() => SqliteStore.Open(path, TimeZoneInfo.Utc));

        failure.Message.ShouldContain(path);
        failure.Message.ShouldContain("permissions");
    }

    [Fact]
    public async Task Two_processes_may_write_in_turn()
    {
        var path = PathOf("usage.db");
        await using var one = SqliteStore.Open(path, TimeZoneInfo.Utc);
        await using var two = SqliteStore.Open(path, TimeZoneInfo.Utc);
        var accepted = 0;
        for (var round = 0; round < 10; round++)
        {
            foreach (var store in (SqliteStore[])[one, two])
            {
                // Each sees what the other has stored, interned and filed; what is interned and rolled back is not remembered.
                var events = Enumerable.Range(round, 5).Select(index => new InventedCall { Key = $"{index}", Project = $"/srv/{index}", Session = $"{index}" }.Rated()).ToList();
                accepted += (await ((IUsageStore)store).AppendAsync(new(events, []), StoreUnderTest.Cancellation)).Accepted;
            }
        }

        accepted.ShouldBe(14);
        var rows = await one.SpendAsync(new SpendQuery { Zone = TimeZoneInfo.Utc, GroupBy = [SpendDimension.Project] }, StoreUnderTest.Cancellation);
        rows.Count.ShouldBe(14);
        rows.ShouldAllBe(row => row.Calls == 1);
    }

    [Fact]
    public async Task Readers_see_what_was_committed_while_a_reader_holds_on_to_an_older_state()
    {
        await using var store = new SqliteStoreUnderTest(TimeZoneInfo.Utc);
        await store.AppendAsync(new InventedCall { Key = "1" }, new InventedCall { Key = "2" });
        var query = new SpendQuery { Zone = TimeZoneInfo.Utc };
        await using var slow = store.Spending.CallsAsync(query, StoreUnderTest.Cancellation).GetAsyncEnumerator(StoreUnderTest.Cancellation);
        (await slow.MoveNextAsync()).ShouldBeTrue();

        await store.AppendAsync(new InventedCall { Key = "3" });

        (await store.SpendAsync(query)).ShouldHaveSingleItem().Calls.ShouldBe(3);
        (await slow.MoveNextAsync()).ShouldBeTrue();
        (await slow.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public void The_engine_is_recent_enough_for_the_statements_of_the_store() =>
        Version.Parse(SqliteStore.EngineVersion).ShouldBeGreaterThanOrEqualTo(new Version(3, 35));

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
