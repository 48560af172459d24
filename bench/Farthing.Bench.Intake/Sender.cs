using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Farthing.Bench.Intake;

/// <summary>One connection that is kept open: sends a request, waits for its answer, sends the next.</summary>
/// <param name="load">What is measured.</param>
/// <param name="number">Which of the connections it is.</param>
internal sealed class Sender(Load load, int number)
{
    private const int AnswerBytesMax = 4 * 1024 * 1024;

    private readonly UsageRequest request = new(load.Host.ToString(), load.AdminKey, load.EventsPerRequest, number);
    private readonly byte[] answer = new byte[AnswerBytesMax];
    private readonly List<long> latencies = [];

    /// <summary>How long each counted request took, in ticks of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<long> Latencies => latencies;

    /// <summary>The events that the server said it accepted, or knew, in counted requests.</summary>
    public long Told { get; private set; }

    /// <summary>Sends until the time is over; requests that begin before the count begins are not counted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(load.Host, cancellationToken);
        request.Renew(load.NextKeys(load.EventsPerRequest), TimeProvider.System.GetUtcNow());
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            if (start >= load.End)
            {
                return;
            }

            await SendAsync(socket, cancellationToken);
            var length = await ReceiveAsync(socket, cancellationToken);
            if (start >= load.Start)
            {
                latencies.Add(Stopwatch.GetTimestamp() - start);
                Told += Count("\"accepted\":"u8, length) + Count("\"duplicates\":"u8, length);
            }

            if (!load.Duplicates)
            {
                request.Renew(load.NextKeys(load.EventsPerRequest), TimeProvider.System.GetUtcNow());
            }
        }
    }

    private async ValueTask SendAsync(Socket socket, CancellationToken cancellationToken)
    {
        for (var rest = request.Bytes; rest.Length > 0;)
        {
            rest = rest[await socket.SendAsync(rest, cancellationToken)..];
        }
    }

    private async ValueTask<int> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || IsWhole(answer.AsSpan(0, length)))
            {
                var text = answer.AsSpan(0, length);
                return text.StartsWith("HTTP/1.1 200"u8)
                    ? length
                    : throw new InvalidOperationException($"The server refused a request: {System.Text.Encoding.UTF8.GetString(text)}");
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        var head = text.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var mark = text[..head].IndexOf("Content-Length: "u8);
        return mark < 0
            ? text.EndsWith("\r\n0\r\n\r\n"u8)
            : Utf8Parser.TryParse(text[(mark + 16)..], out int length, out _) && text.Length == head + 4 + length;
    }

    private long Count(ReadOnlySpan<byte> name, int length)
    {
        var text = answer.AsSpan(0, length);
        return Utf8Parser.TryParse(text[(text.IndexOf(name) + name.Length)..], out long count, out _) ? count : 0;
    }
}

/// <summary>What is measured.</summary>
internal sealed class Load
{
    private long nextKey = Stopwatch.GetTimestamp() << 8;

    /// <summary>The server.</summary>
    public required IPEndPoint Host { get; init; }

    /// <summary>The operator's secret.</summary>
    public required string AdminKey { get; init; }

    /// <summary>How many events a request brings.</summary>
    public required int EventsPerRequest { get; init; }

    /// <summary>Whether each connection sends the same request again and again.</summary>
    public required bool Duplicates { get; init; }

    /// <summary>From when requests count, on the clock of <see cref="Stopwatch"/>.</summary>
    public required long Start { get; init; }

    /// <summary>Until when requests are sent.</summary>
    public required long End { get; init; }

    /// <summary>Keys that nobody else was given.</summary>
    public long NextKeys(int count) => Interlocked.Add(ref nextKey, count) - count;
}
