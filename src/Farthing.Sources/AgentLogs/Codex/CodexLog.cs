using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>Where Codex keeps its rollouts.</summary>
internal static class CodexLog
{
    /// <summary>The agent's name in reports.</summary>
    public const string Agent = "codex";

    private static readonly string[] Suffixes = [".jsonl"];

    /// <summary>The agent as the registry lists it.</summary>
    public static AgentLog Log { get; } = new()
    {
        Agent = Agent,
        DisplayName = "Codex",
        Roots = Roots,
        Reader = new CodexReader(),
    };

    private static IReadOnlyList<LogRoot> Roots(AgentEnvironment environment) =>
    [
        .. environment.Folders("CODEX_HOME", Path.Combine(environment.Home, ".codex")).SelectMany(home => new LogRoot[]
        {
            new(Path.Combine(home, "sessions"), Suffixes, LogShape.Lines),
            new(Path.Combine(home, "archived_sessions"), Suffixes, LogShape.Lines),
        }),
    ];
}
