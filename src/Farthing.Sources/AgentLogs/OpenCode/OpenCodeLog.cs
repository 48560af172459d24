using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.OpenCode;

/// <summary>Where OpenCode keeps its messages.</summary>
/// <remarks>
/// The data folder is <c>$XDG_DATA_HOME/opencode</c>, else <c>~/.local/share/opencode</c>; a comma-separated list in
/// <c>$OPENCODE_DATA_DIR</c> replaces it. <c>$OPENCODE_DB</c> names the database as for OpenCode itself: absolute, or
/// within the data folder.
/// </remarks>
internal static class OpenCodeLog
{
    /// <summary>The agent's name in reports.</summary>
    public const string Agent = "opencode";

    /// <summary>The rows that hold messages, with what their sessions say of version and parent.</summary>
    public const string Query =
        """
        SELECT message.id, message.session_id, session.version AS session_version, session.parent_id AS session_parent, message.data
        FROM message LEFT JOIN session ON session.id = message.session_id
        """;

    /// <summary>The rows that hold messages, in a database that keeps no sessions or says less of them.</summary>
    public const string QueryWithoutSessions = "SELECT id, session_id, data FROM message";

    private static readonly string[] DatabaseSuffixes = [".db"];
    private static readonly string[] FileSuffixes = [".json"];

    /// <summary>The agent as the registry lists it.</summary>
    public static AgentLog Log { get; } = new()
    {
        Agent = Agent,
        DisplayName = "OpenCode",
        Roots = Roots,
        Reader = new OpenCodeReader(Agent),
    };

    private static List<LogRoot> Roots(AgentEnvironment environment)
    {
        var data = environment.Variable("XDG_DATA_HOME") is { Length: > 0 } moved
            ? moved
            : Path.Combine(environment.Home, ".local", "share");
        var folders = environment.Folders("OPENCODE_DATA_DIR", Path.Combine(data, "opencode"));
        var roots = new List<LogRoot>();
        foreach (var folder in folders)
        {
            roots.Add(new(folder, DatabaseSuffixes, LogShape.Database) { Query = Query, FallbackQuery = QueryWithoutSessions, Recursive = false });
            roots.Add(new(Path.Combine(folder, "storage", "message"), FileSuffixes, LogShape.Document));
        }

        if (environment.Variable("OPENCODE_DB") is { Length: > 0 } named and not ":memory:"
            && Path.Combine(folders[0], named) is var database
            && Path.GetDirectoryName(database) is { } place
            && !(folders.Contains(place, StringComparer.Ordinal) && database.EndsWith(DatabaseSuffixes[0], StringComparison.Ordinal)))
        {
            roots.Add(new(place, [Path.GetFileName(database)], LogShape.Database) { Query = Query, FallbackQuery = QueryWithoutSessions, Recursive = false });
        }

        return roots;
    }
}
