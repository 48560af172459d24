using System.Globalization;
using System.Text;

namespace Farthing.Bench.Intake;

/// <summary>
/// One request of usage, made once and then only changed where requests differ: the keys of its events and their time. So
/// the client spends next to nothing on making requests and leaves the machine to the server.
/// </summary>
internal sealed class UsageRequest
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss'Z'";
    private const int KeyDigits = 16;

    private static readonly string[] Models = ["claude-sonnet-4-5", "claude-opus-4-5", "gpt-5", "gpt-5-mini", "gemini-2.5-pro"];
    private static readonly string[] Roles = ["planner", "coder", "builder", "summarizer"];

    private readonly byte[] bytes;
    private readonly int[] keys;
    private readonly int[] times;

    /// <summary>Makes it.</summary>
    /// <param name="host">Host and port.</param>
    /// <param name="adminKey">The operator's secret.</param>
    /// <param name="events">How many events it brings.</param>
    /// <param name="sender">Which sender it is of; decides engineer, project and session.</param>
    public UsageRequest(string host, string adminKey, int events, int sender)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{"events":[{{string.Join(',', Enumerable.Range(0, events).Select(index => Event(sender, index)))}}]}""");
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/v1/usage HTTP/1.1\r\nHost: {host}\r\nx-admin-key: {adminKey}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\n\r\n");
        bytes = Encoding.ASCII.GetBytes(head + body);
        keys = PlacesOf("\"id\":\""u8, events);
        times = PlacesOf("\"occurred_at\":\""u8, events);
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Gives the events new keys, from a number on, and a time.</summary>
    public void Renew(long firstKey, DateTimeOffset now)
    {
        Span<byte> time = stackalloc byte[TimeForm.Length - 2];
        _ = now.TryFormat(time, out _, TimeForm, CultureInfo.InvariantCulture);
        for (var index = 0; index < keys.Length; index++)
        {
            _ = (firstKey + index).TryFormat(bytes.AsSpan(keys[index], KeyDigits), out _, "x16", CultureInfo.InvariantCulture);
            time.CopyTo(bytes.AsSpan(times[index]));
        }
    }

    private static string Event(int sender, int index)
    {
        var number = (sender * 31) + index;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":"{{new string('0', KeyDigits)}}","occurred_at":"2026-01-01T00:00:00Z","model":"{{Models[number % Models.Length]}}","input_tokens":{{1_000 + (number * 37 % 9_000)}},"cache_read_tokens":{{number * 911 % 90_000}},"cache_write_5m_tokens":{{number * 53 % 5_000}},"output_tokens":{{100 + (number * 17 % 2_000)}},"session":"session-{{sender}}-{{number % 4}}","user":"engineer-{{sender % 40}}","project":"project-{{number % 8}}","branch":"main","agent":"claude","role":"{{Roles[number % Roles.Length]}}"}
            """);
    }

    private int[] PlacesOf(ReadOnlySpan<byte> mark, int count)
    {
        var places = new int[count];
        var from = 0;
        for (var index = 0; index < count; index++)
        {
            from += bytes.AsSpan(from).IndexOf(mark) + mark.Length;
            places[index] = from;
        }

        return places;
    }
}
