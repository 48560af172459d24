using Farthing.Sources.AgentLogs.ClaudeCode;
using Farthing.Sources.AgentLogs.Codex;
using Farthing.Sources.AgentLogs.GeminiCli;
using Farthing.Sources.AgentLogs.OpenCode;
using Farthing.Workflows.Metering;

namespace Farthing.Sources;

/// <summary>The registry of agents whose logs are read. A new agent is one folder and one line here.</summary>
public static class AgentLogRegistry
{
    /// <summary>All of them, in the order of reports.</summary>
    public static IReadOnlyList<AgentLog> All { get; } =
    [
        ClaudeCodeLog.Log,
        CodexLog.Log,
        GeminiCliLog.Log,
        OpenCodeLog.Log,
    ];
}
