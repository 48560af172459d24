using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Farthing.Pages.Tests;

/// <summary>
/// One long session of a person, whose context grows until it is compacted; one with a name that tries to run; and a call to
/// a model that nobody knows, long ago.
/// </summary>
internal static class LongSession
{
    /// <summary>The key of the long one.</summary>
    public const string Key = "0d9f4c1e-long-session-of-ada";

    /// <summary>How many calls it has: more than a page.</summary>
    public const int Calls = 130;

    /// <summary>The model that nobody knows.</summary>
    public const string UnknownModel = "mystery-model-x9";

    /// <summary>What the key of the second session ends with.</summary>
    public const string NameEnd = "/a?b#c%2Fd";

    private const int UnknownDaysAgo = 100;
    private const int CompactedAt = 60;
    private const int PauseAt = 90;
    private const int Tail = 2_000;

    /// <summary>Sends them.</summary>
    /// <param name="client">Sends to the server.</param>
    /// <param name="key">Whoever may report for others.</param>
    /// <param name="user">Whose they are.</param>
    /// <param name="team">Their team.</param>
    /// <param name="name">What the key of the second session begins with.</param>
    public static async Task SendAsync(HttpClient client, string key, string user, string team, string name)
    {
        var start = AfternoonTime.Instance.GetUtcNow().AddDays(-3);
        var events = new List<string>();
        var context = 12_000;
        for (var call = 0; call < Calls; call++)
        {
            var isFresh = call is 0 or CompactedAt or PauseAt;
            context = call == CompactedAt ? 15_000 : context + Tail;
            var model = call % 40 == 39 ? "claude-haiku-4-5-20251001" : "claude-sonnet-4-6";
            var read = isFresh ? 0 : context - Tail;
            events.Add(Text($"long-{call}", start.AddSeconds((call * 20) + (call >= PauseAt ? 1_200 : 0)), Key, model, read, context - read, user, team));
        }

        events.Add(Text("named", start.AddHours(-1), name + NameEnd, "claude-opus-4-8", 1_000, 200, user, team));
        events.Add(Text("unknown", AfternoonTime.Instance.GetUtcNow().AddDays(-UnknownDaysAgo), "s-unknown", UnknownModel, 1_000, 200, user, team));
        await SendAsync(client, key, events);
    }

    /// <summary>Sends one more call to the unknown model, an hour later for each one before.</summary>
    public static Task SendUnknownAsync(HttpClient client, string key, int number) => SendAsync(
        client, key, [Text($"unknown-{number}", AfternoonTime.Instance.GetUtcNow().AddDays(-UnknownDaysAgo).AddHours(number), "s-unknown", UnknownModel, 1_000, 200, string.Empty, string.Empty)]);

    private static async Task SendAsync(HttpClient client, string key, List<string> events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage")
        {
            Content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"accepted\":{events.Count}");
    }

    private static string Text(string id, DateTimeOffset at, string session, string model, int read, int write, string user, string team) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"id":"{{id}}","occurred_at":"{{at:O}}","model":"{{model}}","input_tokens":12,"output_tokens":640,"cache_read_tokens":{{read}},"cache_write_5m_tokens":{{write}},
         "user":"{{user}}","team":"{{team}}","agent":"claude","branch":"main","session":{{JsonSerializer.Serialize(session)}},"project":"/work/ledger"}
        """);
}
