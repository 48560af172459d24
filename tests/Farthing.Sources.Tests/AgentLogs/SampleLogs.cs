using System.Text;
using Farthing.Workflows.Metering;
using static Farthing.Sources.Tests.AgentLogs.Rollout;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>Logs in which most of what can happen happens, for laws that hold for every log.</summary>
internal static class SampleLogs
{
    private static readonly string[] Parent =
    [
        Meta(ParentThreadId), Turn("gpt-5.4"), Count(5, 100, 100), Count(9, 100, 100), Count(20, 250, 150), Count(30, 400, 150),
    ];

    public static SampleLog Claude { get; } = new(LogText.ClaudeReader, "\n", [
        """{"type":"summary","summary":"an invented session","leafUuid":"x"}""",
        new Transcript { MessageId = "m1", Output = 1, Version = "2.1.20" }.Json,
        new Transcript { MessageId = "m1", Output = 260, Version = "2.1.20", At = "2026-09-01T08:00:03Z" }.Json,
        string.Empty,
        "\0\0\0\0",
        new Transcript { MessageId = "m2", Usage = ""","cache_creation_input_tokens":9,"cache_creation":{"ephemeral_1h_input_tokens":5}""" }.Json,
        """{"type":"assistant","message":{"usage":{"input_tokens":12""",
        new Transcript { MessageId = "m3", Usage = ""","iterations":[{"type":"compaction","input_tokens":70,"output_tokens":8},{"input_tokens":10,"output_tokens":100}]""" }.Json,
        new Transcript { MessageId = "m1", Sidechain = true, RequestId = "req_09" }.Json,
        new Transcript { MessageId = "m4", RequestId = null, More = ",\"costUSD\":0.25,\"note\":\"d\u00e4 \\u0064\\\\\\\"\"" }.Json,
        new Transcript { MessageId = null, Model = "claude-haiku-4-5-20251001" }.Json,
        new Transcript { MessageId = "m2", At = "2026-09-01T07:00:00Z", Session = "a" }.Json,
    ]);

    public static SampleLog Codex { get; } = new(LogText.CodexReader, "\r\n", [
        Meta(), Count(1, 50, 50), Turn("gpt-5.5"), Count(5, 100, 50), Count(9, 100, 50), string.Empty, "\u00ff\u00fe",
        Count(20, 250, null), Turn("gpt-5.4"), Count(22, 70, null), Count(25, 90, 20), "{\"timestamp\":", Count(26, 90, 20), Count(30, 200, 110),
    ]);

    public static SampleLog CodexFork { get; } = new(LogText.CodexReader, "\n", [
        Fork(), Turn("gpt-5.4"), Count(70, 100, 100), Turn("gpt-5.5"), Count(71, 250, 150), Count(80, 600, null), Count(90, 700, 100),
    ]);

    public static SampleLog CodexChance { get; } = new(LogText.CodexReader, "\n", [
        Fork(), Turn("gpt-5.4"), Count(70, 100, 100), Turn("gpt-5.5"), Count(71, 270, 170), Count(80, 600, null),
    ]);

    public static SampleLog CodexOrphan { get; } = new(LogText.CodexReader, "\n", [
        Meta(more: ",\"forked_from_id\":\"gone\""), Turn("gpt-5.4"), Count(0, 100, 100), Count(1, 250, 150), Count(80, 600, null),
    ]);

    public static IReadOnlyList<SampleLog> All { get; } = [Claude, Codex, CodexFork, CodexChance, CodexOrphan];

    public static Stream? OpenSession(string thread) => thread == ParentThreadId ? LogText.Bytes(Parent) : null;
}

/// <summary>The bytes of a log and who reads them.</summary>
internal sealed record SampleLog(IUsageLogReader Reader, string LineEnd, string[] Lines)
{
    public byte[] Content { get; } = Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + LineEnd)));

    public LogReading Read() => Read(Content, LogCheckpoint.Start, Content.Length);

    public LogReading Read(byte[] content, LogCheckpoint from, int until) => Reader.Read(
        new MemoryStream(content, (int)from.Offset, until - (int)from.Offset),
        new LogContext { Path = "/logs/projects/p/s.jsonl", From = from, OpenSession = SampleLogs.OpenSession });
}
