using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>Where Claude Code keeps its transcripts.</summary>
internal static class ClaudeCodeLog
{
    /// <summary>The agent's name in reports.</summary>
    public const string Agent = "claude";

    private static readonly string[] Suffixes = [".jsonl"];

    /// <summary>The agent as the registry lists it.</summary>
    public static AgentLog Log { get; } = new()
    {
        Agent = Agent,
        DisplayName = "Claude Code",
        Roots = Roots,
        Reader = new ClaudeCodeReader(),
    };

    private static IReadOnlyList<LogRoot> Roots(AgentEnvironment environment)
    {
        var settings = environment.Variable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : Path.Combine(environment.Home, ".config");
        var folders = environment.Folders("CLAUDE_CONFIG_DIR", Path.Combine(settings, "claude"), Path.Combine(environment.Home, ".claude"));
        return [.. folders.Select(root => new LogRoot(Path.Combine(root, "projects"), Suffixes, LogShape.Lines))];
    }
}
