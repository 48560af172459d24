using System.Text;
using Farthing.Commands;

namespace Farthing.Tests.Importing;

/// <summary>What one run of the program answered.</summary>
internal sealed record Answer(int ExitCode, string Out, string Error);

/// <summary>A machine of its own in a temporary folder: a home with logs, a data folder, a clock that stands still.</summary>
internal sealed class Machine : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-machine-");

    /// <summary>What the clock shows.</summary>
    public DateTimeOffset Now { get; set; } = Noon;

    /// <summary>What is shown on.</summary>
    public Terminal Terminal { get; set; } = Terminal.Pipe;

    /// <summary>What the environment says besides where data is kept.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The database that the settings name; null for the embedded store.</summary>
    public string? Database { get; init; }

    public string Home => Path.Combine(folder.FullName, "home");

    public string Data => Path.Combine(folder.FullName, "data");

    public string Transcript(string name) => Path.Combine(Home, ".claude", "projects", "-srv-demo", name + ".jsonl");

    /// <summary>One line of a Claude Code transcript.</summary>
    public static string Call(string message, int output, string time = "2026-11-20T08:00:00.000Z", string model = "claude-sonnet-4-6", string session = "s-1") =>
        $$$"""{"type":"assistant","timestamp":"{{{time}}}","sessionId":"{{{session}}}","version":"2.1.230","cwd":"/srv/demo","gitBranch":"main","uuid":"u-{{{message}}}","requestId":"req-{{{message}}}","message":{"id":"{{{message}}}","role":"assistant","model":"{{{model}}}","usage":{"input_tokens":10,"cache_read_input_tokens":100,"output_tokens":{{{output}}} } } }""" + "\n";

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public static void Append(string path, string text) => File.AppendAllText(path, text);

    /// <summary>Runs one command line in this process.</summary>
    public async Task<Answer> RunAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode;
        await using (var host = Open(output, error))
        {
            exitCode = await CommandLine.RunAsync(arguments, host.Context with { Terminal = () => Terminal }, HomeCommand.Create, Program.Commands);
        }

        return new(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Joins the program with this machine.</summary>
    public Host Open(Stream output, Stream error) => new(new(Home, Variable), new StoppedClock(Now), output, error, progress: null);

    public void Dispose() => folder.Delete(recursive: true);

    private string? Variable(string name) => name switch
    {
        Settings.DataName => Data,
        Settings.TimeZoneName => "UTC",
        Settings.DatabaseName => Database,
        _ => Environment.GetValueOrDefault(name),
    };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
