using System.Text.Json;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.GeminiCli;

/// <summary>
/// Reads the chats of Gemini CLI: <c>session-*.json</c>, a whole conversation that is rewritten, and <c>*.jsonl</c>, a log
/// of its changes. A resumed conversation moves from the first form to the second with its ids, so both count once.
/// </summary>
/// <remarks>
/// A message is rewritten under its id when its tokens become known: the larger record counts. A rewind takes messages
/// out of the conversation, not off the bill: they stay counted. Subagents chat in a folder named after their parent.
/// </remarks>
internal sealed class GeminiCliReader : IUsageLogReader
{
    private const string ChatsFolder = "chats";

    /// <inheritdoc/>
    public LogReading Read(Stream content, LogContext context)
    {
        var (project, parent) = Place(context.Path);
        if (project.Length == 0 && !Path.GetFileName(context.Path.AsSpan()).StartsWith("session-", StringComparison.Ordinal))
        {
            // Gemini CLI keeps prompts, checkpoints and outputs of tools beside the chats.
            return new([], [], context.From);
        }

        var chat = new GeminiChat(context, project, parent);
        return context.Path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? ReadLines(content, context, chat)
            : ReadDocument(content, chat);
    }

    // <project>/chats/session-….json, and <project>/chats/<parent session>/<session>.jsonl for a subagent.
    private static (string Project, string Parent) Place(string path)
    {
        var folders = path.Split('/', '\\');
        var chats = Array.LastIndexOf(folders, ChatsFolder, Math.Max(0, folders.Length - 2));
        return chats < 1
            ? (string.Empty, string.Empty)
            : (folders[chats - 1], chats < folders.Length - 2 ? folders[chats + 1] : string.Empty);
    }

    private static LogReading ReadDocument(Stream content, GeminiChat chat)
    {
        var warnings = new LogWarnings();
        using var file = WholeFile.Read(content);
        if (file is null)
        {
            warnings.Add(0, WholeFile.TooLarge);
            return new([], warnings.ToList(), LogCheckpoint.Start);
        }

        try
        {
            chat.Read(file.Bytes, 0);
        }
        catch (JsonException)
        {
            warnings.Add(0, "malformed JSON; messages before the fault were counted");
        }

        chat.Count(warnings);
        return new(chat.Events, warnings.ToList(), new(file.Length, 0, string.Empty));
    }

    private static LogReading ReadLines(Stream content, LogContext context, GeminiChat chat)
    {
        using var lines = new JsonLines(content, context.From);
        while (lines.MoveNext())
        {
            try
            {
                chat.Read(lines.Current, lines.Line);
            }
            catch (JsonException)
            {
                lines.Warnings.Add(lines.Line, "malformed JSON");
            }

            chat.Count(lines.Warnings);
        }

        return new(chat.Events, lines.Warnings.ToList(), lines.After(chat.State));
    }
}
