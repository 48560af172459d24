using System.Globalization;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>A line of an invented transcript; a test changes what it is about.</summary>
internal sealed record Transcript
{
    public string Type { get; init; } = "assistant";

    public string? MessageId { get; init; } = "msg_01";

    public string? RequestId { get; init; } = "req_01";

    public string Uuid { get; init; } = "0000-01";

    public string Session { get; init; } = "5e55-0001";

    public string Version { get; init; } = "2.1.230";

    public string Model { get; init; } = "claude-opus-4-8";

    public string At { get; init; } = "2026-09-01T08:00:01.250Z";

    public bool Sidechain { get; init; }

    public long Input { get; init; } = 10;

    public long Output { get; init; } = 100;

    /// <summary>Further fields of the usage object, each with a comma in front.</summary>
    public string Usage { get; init; } = string.Empty;

    /// <summary>Further fields of the record, each with a comma in front.</summary>
    public string More { get; init; } = string.Empty;

    /// <summary>The usage object.</summary>
    public string UsageJson => string.Create(CultureInfo.InvariantCulture, $$"""{"input_tokens":{{Input}},"output_tokens":{{Output}}{{Usage}}}""");

    /// <summary>The message object.</summary>
    public string MessageJson =>
        $$"""{{{Field("id", MessageId)}}"type":"message","role":"assistant","model":"{{Model}}","content":[{"type":"text","text":"usage {}"}],"usage":{{UsageJson}}}""";

    /// <summary>The line.</summary>
    public string Json =>
        $$"""{"isSidechain":{{(Sidechain ? "true" : "false")}},"cwd":"/srv/ledger","sessionId":"{{Session}}","version":"{{Version}}","gitBranch":"main","type":"{{Type}}","uuid":"{{Uuid}}","timestamp":"{{At}}",{{Field("requestId", RequestId)}}"message":{{MessageJson}}{{More}}}""";

    private static string Field(string name, string? value) => value is null ? string.Empty : $"\"{name}\":\"{value}\",";
}
