using System.Diagnostics;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class KilledImportTests : IDisposable
{
    private const int Rounds = 30;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-killed-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_import_that_is_killed_again_and_again_ends_like_one_that_was_not()
    {
        var clean = Path.Combine(folder.FullName, "clean.db");
        var killed = Path.Combine(folder.FullName, "killed.db");
        await ImportingChild.ImportAsync(clean, () => { });

        var interrupted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            interrupted += await ImportUntilKilledAsync(killed, commits: round * 7 % 4) ? 1 : 0;
        }

        (await ImportUntilKilledAsync(killed, commits: int.MaxValue)).ShouldBeFalse();

        interrupted.ShouldBeGreaterThan(Rounds / 2);
        (await DescribeAsync(killed)).ShouldBe(await DescribeAsync(clean));
        IntegrityOf(killed).ShouldBe("ok");
    }

    /// <summary>Whether the import was still at work when it was killed, after a number of commits and somewhere in the next one.</summary>
    private static async Task<bool> ImportUntilKilledAsync(string path, int commits)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportingChild).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[ImportingChild.PathVariable] = path;
        using var child = Process.Start(start)!;
        var buffer = new byte[1];
        var output = child.StandardOutput.BaseStream;
        var seen = 0;
        while (seen < commits && await output.ReadAsync(buffer, StoreUnderTest.Cancellation) > 0)
        {
            seen++;
        }

        if (commits < int.MaxValue)
        {
            child.Kill();
        }

        await child.WaitForExitAsync(StoreUnderTest.Cancellation);
        return child.ExitCode != 0;
    }

    private static async Task<string> DescribeAsync(string path)
    {
        await using var store = SqliteStore.Open(path, TimeZoneInfo.Utc);
        var query = new SpendQuery { Zone = store.ReportingZone, GroupBy = [SpendDimension.Project] };
        var days = await store.SpendAsync(query, StoreUnderTest.Cancellation);
        var sessions = await store.SpendAsync(query with { GroupBy = [SpendDimension.Session] }, StoreUnderTest.Cancellation);
        var calls = await store.CallsAsync(query, StoreUnderTest.Cancellation)
            .Select(call => $"{call.Usage} {call.Rating.Cost}").ToListAsync(StoreUnderTest.Cancellation);
        var positions = (await store.ReadPositionsAsync(StoreUnderTest.Cancellation)).Values.OrderBy(position => position.File.Path, StringComparer.Ordinal);
        days.Sum(day => day.Calls).ShouldBe(calls.Count);
        return string.Join('\n', [.. days, .. sessions, .. calls, .. positions]);
    }

    private static string IntegrityOf(string path)
    {
        using var connection = Connection.Open(path, readOnly: true, 0);
        using var check = connection.Prepare("PRAGMA integrity_check"u8);
        check.Step().ShouldBeTrue();
        return check.Text(0);
    }
}
