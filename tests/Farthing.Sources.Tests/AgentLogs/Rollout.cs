using System.Globalization;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>Lines of an invented rollout.</summary>
internal static class Rollout
{
    public const string ThreadId = "11111111-0000-4000-8000-000000000001";
    public const string ParentThreadId = "22222222-0000-4000-8000-000000000002";
    public const string Created = "2026-03-01T10:00:00.000Z";

    public static string Meta(string thread = ThreadId, string more = "") =>
        Line("session_meta", $$"""{"id":"{{thread}}","timestamp":"{{Created}}","cwd":"/srv/ledger","cli_version":"0.145.0","model_provider":"openai","git":{"branch":"main"}{{more}} }""");

    public static string Fork() => Meta(more: $",\"forked_from_id\":\"{ParentThreadId}\"");

    public static string Subagent() => Meta(
        more: $$$""","source":{"subagent":{"thread_spawn":{"depth":1,"parent_thread_id":"{{{ParentThreadId}}}"} } }""");

    public static string Turn(string model) =>
        Line("turn_context", $$"""{"cwd":"/srv/ledger","model":"{{model}}"}""");

    /// <summary>A token count: input, cached, cache write, output and reasoning, as a total and as the latest response.</summary>
    public static string Count(string at, string? total, string? last) => Line(
        "event_msg",
        $$"""{"type":"token_count","info":{ {{Field("total_token_usage", total)}}{{Field("last_token_usage", last)}}"model_context_window":272000},"rate_limits":null}""",
        at);

    /// <summary>A count whose total and last have only input and output.</summary>
    public static string Count(int second, long total, long? last) => Count(
        string.Create(CultureInfo.InvariantCulture, $"2026-03-01T10:{second / 60:00}:{second % 60:00}.000Z"),
        Tokens(total, output: total / 10),
        last is { } response ? Tokens(response, output: response / 10) : null);

    public static string Tokens(long input, long cached = 0, long write = 0, long output = 0, long reasoning = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"input_tokens":{{input}},"cached_input_tokens":{{cached}},"cache_write_input_tokens":{{write}},"output_tokens":{{output}},"reasoning_output_tokens":{{reasoning}},"total_tokens":{{input + output}}}""");

    private static string Line(string type, string payload, string at = Created) =>
        $$"""{"timestamp":"{{at}}","type":"{{type}}","payload":{{payload}} }""";

    private static string Field(string name, string? value) => value is null ? string.Empty : $"\"{name}\":{value},";
}
