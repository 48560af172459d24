using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.GeminiCli;

/// <summary>Where Gemini CLI keeps its chats.</summary>
/// <remarks>
/// <c>$GEMINI_CLI_HOME</c> stands for the home folder, as for Gemini CLI itself: chats lie in
/// <c>.gemini/tmp/&lt;project&gt;/chats/</c> below it. <c>$GEMINI_DATA_DIR</c>, a comma-separated list that other readers of
/// these logs know, names the folders in place of <c>.gemini/tmp</c> and wins.
/// </remarks>
internal static class GeminiCliLog
{
    /// <summary>The agent's name in reports.</summary>
    public const string Agent = "gemini";

    private static readonly string[] DocumentSuffixes = [".json"];
    private static readonly string[] LineSuffixes = [".jsonl"];

    /// <summary>The agent as the registry lists it.</summary>
    public static AgentLog Log { get; } = new()
    {
        Agent = Agent,
        DisplayName = "Gemini CLI",
        Roots = Roots,
        Reader = new GeminiCliReader(),
    };

    private static IReadOnlyList<LogRoot> Roots(AgentEnvironment environment)
    {
        var home = environment.Variable("GEMINI_CLI_HOME") is { Length: > 0 } moved ? moved : environment.Home;
        return
        [
            .. environment.Folders("GEMINI_DATA_DIR", Path.Combine(home, ".gemini", "tmp")).SelectMany(folder => new LogRoot[]
            {
                new(folder, DocumentSuffixes, LogShape.Document),
                new(folder, LineSuffixes, LogShape.Lines),
            }),
        ];
    }
}
