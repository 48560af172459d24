using Farthing.Sources.AgentLogs.ClaudeCode;
using Farthing.Sources.AgentLogs.Codex;
using Farthing.Sources.AgentLogs.GeminiCli;
using Farthing.Sources.AgentLogs.OpenCode;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs;

#pragma warning disable MA0049 // Seen from outside the folder, the registry is what the folder is about.
/// <summary>The registry of agents whose logs are read. A new agent is one folder and one line here.</summary>
public static class AgentLogs
{
    /// <summary>All of them, in the order of reports.</summary>
    public static IReadOnlyList<AgentLog> All { get; } =
    [
        ClaudeCodeLog.Create(),
        CodexLog.Create(),
        GeminiCliLog.Create(),
        OpenCodeLog.Create(),
    ];
}
