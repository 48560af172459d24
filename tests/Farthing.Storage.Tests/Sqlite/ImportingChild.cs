using System.Globalization;
using Farthing.Storage.Tests.Contract;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>
/// Imports invented logs into a store, going on where the last import stopped. Run as a process of its own, so that it can
/// be killed: the test assembly is started again with the store's path in the environment.
/// </summary>
internal static class ImportingChild
{
    public const string PathVariable = "FARTHING_TEST_IMPORT_INTO";

    private const int Files = 40;
    private const int LinesPerFile = 60;
    private const int LinesPerBatch = 20;

    public static async Task ImportAsync(string path, Action committed)
    {
        await using var store = SqliteStore.Open(path, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var positions = await store.ReadPositionsAsync(CancellationToken.None);
        for (var file = 0; file < Files; file++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"/logs/{file:d3}.jsonl");
            var line = positions.TryGetValue(name, out var position) ? (int)position.Checkpoint.Line : 0;
            for (; line < LinesPerFile; line += LinesPerBatch)
            {
                var events = Enumerable.Range(line, LinesPerBatch).Select(index => RecordOf(file, index, name).Rated()).ToList();
                var next = line + LinesPerBatch;
                var read = new LogPosition(new LogFile(name, next * 100, file, next), file, new(next * 100, next, $"state-{next}"));
                await ((IUsageStore)store).AppendAsync(new(events, [read]), CancellationToken.None);
                committed();
            }
        }
    }

    /// <summary>Imports into the store that the environment names, and tells each commit with a byte; whether one is named.</summary>
    public static async Task<bool> ImportIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path)
        {
            return false;
        }

        using var output = Console.OpenStandardOutput();
        await ImportAsync(path, () => output.WriteByte((byte)'.'));
        return true;
    }

    /// <summary>A line: every third is a placeholder that the next one finishes, every fifth a copy of the file before.</summary>
    private static InventedCall RecordOf(int file, int line, string name)
    {
        var origin = line % 5 == 4 && file > 0 ? file - 1 : file;
        var call = line % 3 == 1 ? line - 1 : line;
        return new()
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"msg-{origin}-{call}"),
            Request = string.Create(CultureInfo.InvariantCulture, $"req-{origin}-{call}"),
            At = InventedCall.Noon.AddHours(origin * 7).AddSeconds(line + (file - origin)),
            Session = string.Create(CultureInfo.InvariantCulture, $"session-{file}"),
            Project = string.Create(CultureInfo.InvariantCulture, $"/srv/{file % 7}"),
            Output = line % 3 == 0 ? 1 : call + 100,
            File = name,
            Line = line + 1,
        };
    }
}
