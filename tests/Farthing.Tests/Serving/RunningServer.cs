using System.Text;
using System.Threading.Channels;
using Farthing.Serving;
using Farthing.Tests.Importing;

namespace Farthing.Tests.Serving;

/// <summary><c>farthing serve</c> in this process, over the store and by the clock of a machine.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Announcements announcements = new();
    private readonly Host host;

    private RunningServer(Machine machine)
    {
        host = machine.Open(Stream.Null, Stream.Null);
        _ = RunAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<RunningServer> StartAsync(Machine machine)
    {
        var server = new RunningServer(machine);
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

    private async Task RunAsync()
    {
        try
        {
            await ServerRun.RunAsync(host.Context with { Out = announcements }, ["http://127.0.0.1:0"], stop.Token);
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

    /// <summary>What a server says, of which the first line tells where it listens.</summary>
    private sealed class Announcements : TextWriter
    {
        private const string Lead = "Listening on ";
        private readonly Channel<string> addresses = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

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
            if (value is not null && value.StartsWith(Lead, StringComparison.Ordinal))
            {
                addresses.Writer.TryWrite(value[Lead.Length..]);
            }

            return Task.CompletedTask;
        }
    }
}
