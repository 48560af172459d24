namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>
/// What the place of a transcript tells when its lines do not: <c>projects/&lt;slug&gt;/&lt;session&gt;.jsonl</c>,
/// <c>…/&lt;session&gt;/subagents/agent-….jsonl</c> and the older <c>…/&lt;session&gt;/chat.jsonl</c>.
/// </summary>
internal static class ClaudePath
{
    /// <summary>The folder that stands for the project; empty when the path has another form.</summary>
    public static string ProjectOf(string path)
    {
        var parts = Split(path);
        var projects = Array.LastIndexOf(parts, "projects");
        return projects >= 0 && projects < parts.Length - 2 ? parts[projects + 1] : string.Empty;
    }

    /// <summary>The session that the file belongs to.</summary>
    public static string SessionOf(string path)
    {
        var parts = Split(path);
        return parts switch
        {
            [.., var session, "subagents", _] => session,
            [.., var session, "chat.jsonl"] => session,
            _ => Path.GetFileNameWithoutExtension(parts[^1]),
        };
    }

    private static string[] Split(string path) => path.Split('/', '\\');
}
