using System.Globalization;
using System.Text.Json;
using Farthing.Testing;
using Farthing.Web.Tests.Api.Usage;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>A server on which people spend, at a time that stands still, and what its finops endpoints answer.</summary>
internal sealed class Spender : IAsyncDisposable
{
    /// <summary>Three dollars a million tokens of input, fifteen of output.</summary>
    public const string Sonnet = "claude-sonnet-4-5";

    /// <summary>Fifteen and seventy-five dollars.</summary>
    public const string Opus = "claude-opus-4-20250514";

    /// <summary>One dollar a million tokens of input: a token is a millionth.</summary>
    public const string Haiku = "claude-haiku-4-5";

    private readonly TestServer server;
    private readonly List<string> events = [];

    private Spender(TestServer server, TestPeople people) => (this.server, People) = (server, people);

    /// <summary>The time: noon of 16 November 2026.</summary>
    public static DateTimeOffset Now { get; } = new ManualTime().Now;

    /// <summary>Two organisations full of people.</summary>
    public TestPeople People { get; }

    /// <summary>Starts a server.</summary>
    public static async Task<Spender> StartAsync(StoreEngine engine, TestServerOptions? options = null)
    {
        var started = await TestServer.StartAsync((options ?? new TestServerOptions()) with { Engine = engine, Time = new ManualTime() });
        return new(started, await TestPeople.SeedAsync(started));
    }

    /// <summary>Adds a call of the first team's engineer; it is sent with all others when something is read.</summary>
    /// <param name="at">When.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">Uncached input tokens.</param>
    /// <param name="output">Generated tokens.</param>
    /// <param name="cacheRead">Tokens read from a cache.</param>
    /// <param name="cacheWrite">Tokens written for five minutes.</param>
    /// <param name="who">Whose call; null for the engineer's.</param>
    /// <param name="session">The session; null for one of its own.</param>
    /// <param name="more">Further members, each with a comma in front.</param>
    public void Use(
        DateTimeOffset at, string model, long input, long output = 0, long cacheRead = 0, long cacheWrite = 0, TestMember? who = null, string? session = null, string more = "")
    {
        var caller = (who ?? People.Engineer).Caller;
        var id = string.Create(CultureInfo.InvariantCulture, $"call-{events.Count}-{at.UtcTicks}");
        var when = at.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        events.Add(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":"{{id}}","occurred_at":"{{when}}","model":"{{model}}","input_tokens":{{input}},"output_tokens":{{output}},"cache_read_tokens":{{cacheRead}},
             "cache_write_5m_tokens":{{cacheWrite}},"user":"{{caller.EngineerId}}","team":"{{caller.TeamId}}","session":"{{session ?? id}}"{{more}}}
            """));
    }

    /// <summary>Adds a call that costs so many dollars, at most six decimals.</summary>
    public void Pay(DateTimeOffset at, decimal dollars, TestMember? who = null, string? session = null, string more = "") =>
        Use(at, Haiku, decimal.ToInt64(dollars * 1_000_000), who: who, session: session, more: more);

    /// <summary>Reports a session as Primer's clients do.</summary>
    /// <param name="id">The session.</param>
    /// <param name="model">The only model it used.</param>
    /// <param name="input">Its input tokens.</param>
    /// <param name="output">Its output tokens.</param>
    /// <param name="more">Further members, each with a comma in front.</param>
    /// <param name="who">Whose; null for the engineer's.</param>
    public async Task ReportAsync(string id, string model, long input, long output, string more = "", TestMember? who = null)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"session_id":"{{id}}","model_usages":[{"model_name":"{{model}}","input_tokens":{{input}},"output_tokens":{{output}}}]{{more}}}""");
        var answer = await server.SendAsync("POST", "/api/v1/ingest/session", (who ?? People.Engineer).Key, body);
        answer.Status.ShouldBe(200, answer.Body);
    }

    /// <summary>Reads an endpoint.</summary>
    /// <param name="path">Behind <c>/api/v1/</c>.</param>
    /// <param name="key">Who asks; null for the operator.</param>
    public async Task<TestAnswer> AskAsync(string path, string? key = TestServer.AdminKey)
    {
        if (events.Count > 0)
        {
            var sent = await server.RecordAsync(UsageBodies.Batch(events));
            sent.Json.GetProperty("accepted").GetInt32().ShouldBe(events.Count, sent.Body);
            events.Clear();
        }

        return await server.SendAsync("GET", $"/api/v1/{path}", key);
    }

    /// <summary>Reads an endpoint that answers.</summary>
    public async Task<JsonElement> ReadAsync(string path, string? key = TestServer.AdminKey)
    {
        var answer = await AskAsync(path, key);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>Short ways to look at an answer.</summary>
internal static class AnswerLooks
{
    /// <summary>A number; null where the answer says null.</summary>
    public static decimal? Number(this JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    /// <summary>A text; null where the answer says null.</summary>
    public static string? Word(this JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>The lines of a list.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray()];

    /// <summary>The numbers of one member of all lines of a list.</summary>
    public static IReadOnlyList<decimal?> Numbers(this JsonElement json, string list, string name) => [.. json.List(list).Select(line => line.Number(name))];

    /// <summary>The names of the members, in their order.</summary>
    public static IReadOnlyList<string> Names(this JsonElement json) => [.. json.EnumerateObject().Select(static member => member.Name)];
}
