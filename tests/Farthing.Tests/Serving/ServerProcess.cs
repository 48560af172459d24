using System.Diagnostics;
using System.Text;
using Xunit.Sdk;

namespace Farthing.Tests.Serving;

/// <summary><c>farthing serve</c> as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string AdminKey = "an operator's key for tests, long enough";

    private const string Announcement = "Listening on ";

    private readonly Process process;
    private readonly StringBuilder errors;

    private ServerProcess(Process process, StringBuilder errors, Uri address)
    {
        this.process = process;
        this.errors = errors;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandContext).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["FARTHING_ADMIN_KEY"] = AdminKey;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start)!;
        var complaints = new StringBuilder();
        started.ErrorDataReceived += (_, line) => complaints.AppendLine(line.Data);
        started.BeginErrorReadLine();
        var said = await started.StandardOutput.ReadLineAsync(cancellationToken);
        if (said is null || !said.StartsWith(Announcement, StringComparison.Ordinal))
        {
            await started.WaitForExitAsync(cancellationToken);
            throw new XunitException($"The server did not start: {said} {complaints}");
        }

        return new(started, complaints, new(said[Announcement.Length..]));
    }

    /// <summary>Ends it at once, in the middle of whatever it does: SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>What it said on its standard error.</summary>
    public string Errors => errors.ToString();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
