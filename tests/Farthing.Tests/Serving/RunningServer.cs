using System.Text;
using System.Threading.Channels;
using Farthing.Commands;
using Farthing.Demo;
using Farthing.Serving;
using Farthing.Tests.Importing;

namespace Farthing.Tests.Serving;

/// <summary><c>farthing serve</c> or <c>farthing up</c> in this process, over the store and by the clock of a machine.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly IReadOnlyList<string> Urls = ["http://127.0.0.1:0"];

    private readonly CancellationTokenSource stop = new();
    private readonly Announcements announcements = new();
    private readonly Host host;

    private RunningServer(Machine machine, Func<CommandContext, CancellationToken, Task<int>> runAsync)
    {
        host = machine.Open(Stream.Null, Stream.Null);
        _ = RunAsync(runAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>What it said until it listened, that included.</summary>
    public string Said => announcements.Said;

    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<RunningServer> StartAsync(Machine machine) => StartAsync(machine, static (context, token) => ServerRun.RunAsync(context, Urls, token));

    /// <summary>Starts <c>farthing up</c> and waits until it prints its link, which is the address.</summary>
    public static Task<RunningServer> StartUpAsync(Machine machine, DemoChoice choice) =>
        StartAsync(machine, (context, token) => UpCommand.RunAsync(context, Urls, choice, token));

    private static async Task<RunningServer> StartAsync(Machine machine, Func<CommandContext, CancellationToken, Task<int>> runAsync)
    {
        var server = new RunningServer(machine, runAsync);
        server.Url = await server.announcements.ListeningAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await announcements.EndedAsync();
        await host.DisposeAsync();
        await announcements.DisposeAsync();
        stop.Dispose();
    }

    private async Task RunAsync(Func<CommandContext, CancellationToken, Task<int>> runAsync)
    {
        try
        {
            await runAsync(host.Context with { Out = announcements }, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            announcements.End(failure: null);
        }
        catch (Exception failure)
        {
            announcements.End(failure);
            throw;
        }

        announcements.End(failure: null);
    }

    /// <summary>What a server says, of which one line tells where it listens.</summary>
    private sealed class Announcements : TextWriter
    {
        private static readonly string[] Leads = ["Listening on ", "Open "];
        private readonly StringBuilder said = new();
        private readonly Channel<string> addresses = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public string Said => said.ToString();

        public async Task<string> ListeningAsync() => await addresses.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async Task EndedAsync()
        {
            while (await addresses.Reader.WaitToReadAsync())
            {
                addresses.Reader.TryRead(out _);
            }
        }

        public void End(Exception? failure) => addresses.Writer.TryComplete(failure);

        public override void Write(char value)
        {
        }

        public override Task WriteLineAsync(string? value)
        {
            said.AppendLine(value);
            if (value is not null && Leads.FirstOrDefault(lead => value.StartsWith(lead, StringComparison.Ordinal)) is { } lead)
            {
                addresses.Writer.TryWrite(value[lead.Length..]);
            }

            return Task.CompletedTask;
        }
    }
}
