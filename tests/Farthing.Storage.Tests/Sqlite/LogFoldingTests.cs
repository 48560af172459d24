using Farthing.Storage.Sqlite;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class LogFoldingTests : IDisposable
{
    private const int FoldPages = 16;
    private const int LogPages = 64;
    private const int PageBytes = 8_192;

    private readonly string folder = Directory.CreateTempSubdirectory("farthing-folding-").FullName;

    private string File => Path.Combine(folder, "farthing.db");

    [Fact]
    public async Task A_log_that_is_written_without_a_pause_begins_anew()
    {
        using var database = Database.Open(File, "UTC");
        using var writer = OpenWriter();
        var folding = new LogFolding(database, FoldPages, LogPages);
        var before = new FileInfo(File + "-wal").Length;
        for (var transaction = 0; transaction < 200; transaction++)
        {
            WriteOn(writer);
            await folding.FollowAsync(writer);
        }

        await folding.DisposeAsync();
        (new FileInfo(File + "-wal").Length - before).ShouldBeLessThan(3 * LogPages * PageBytes);
    }

    [Fact]
    public async Task What_is_folded_beside_the_writer_lies_in_the_file()
    {
        using var database = Database.Open(File, "UTC");
        using var writer = OpenWriter();
        var folding = new LogFolding(database, FoldPages, 1_000);
        for (var transaction = 0; transaction < FoldPages; transaction++)
        {
            WriteOn(writer);
            await folding.FollowAsync(writer);
        }

        await folding.DisposeAsync();
        new FileInfo(File).Length.ShouldBeGreaterThan(FoldPages * PageBytes);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>It does not sync: when the log is folded has nothing to do with it.</summary>
    private Connection OpenWriter()
    {
        var writer = Connection.Open(File, readOnly: false, busyMilliseconds: 0);
        writer.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF");
        return writer;
    }

    /// <summary>A transaction of some four pages.</summary>
    private static void WriteOn(Connection writer) =>
        writer.Execute("BEGIN IMMEDIATE; INSERT OR REPLACE INTO settings (name, value) VALUES ('text', hex(zeroblob(12288))); COMMIT");
}
