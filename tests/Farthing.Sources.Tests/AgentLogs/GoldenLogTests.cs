using Farthing.Testing;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>What whole logs of invented sessions are read as.</summary>
public sealed class GoldenLogTests
{
    private const string Folder = "tests/Farthing.Sources.Tests/Golden";

    [Fact]
    public void A_Claude_Code_transcript_is_read_as_shown() =>
        Compare(LogText.ClaudeReader, "claude/session", "/home/dana/.claude/projects/-srv-ledger/7d0c4f6e.jsonl");

    [Fact]
    public void A_Codex_rollout_is_read_as_shown() => Compare(LogText.CodexReader, "codex/session", "/home/dana/.codex/sessions/rollout.jsonl");

    [Fact]
    public void A_forked_Codex_rollout_is_read_as_shown() => Compare(LogText.CodexReader, "codex/fork", "/home/dana/.codex/sessions/rollout.jsonl");

    private static void Compare(IUsageLogReader reader, string name, string path)
    {
        using var content = Open(name);

        var reading = reader.Read(content, new LogContext { Path = path, OpenSession = _ => Open("codex/parent") });

        GoldenFile.Compare(LogText.Write(reading), $"{Folder}/{name}.events.txt");
    }

    private static FileStream Open(string name) => File.OpenRead(Repository.PathOf($"{Folder}/{name}.jsonl"));
}
