using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>How the files of a log change, which decides what a second import reads.</summary>
public enum LogShape
{
    /// <summary>Lines are appended; only new bytes are read again.</summary>
    Lines,

    /// <summary>The whole file is rewritten; it is read again when it changed.</summary>
    Document,

    /// <summary>An SQLite database whose rows are handed to the reader as JSON lines; read again when it changed.</summary>
    Database,
}

/// <summary>A folder in which an agent keeps logs.</summary>
/// <param name="Folder">The absolute path; it need not exist.</param>
/// <param name="Suffixes">The ends of the names of its log files, for example <c>.jsonl</c>, searched in all subfolders.</param>
/// <param name="Shape">How these files change.</param>
public sealed record LogRoot(string Folder, IReadOnlyList<string> Suffixes, LogShape Shape)
{
    /// <summary>For a database: the query whose rows become lines.</summary>
    public string? Query { get; init; }

    /// <summary>For a database that lacks a table or column that <see cref="Query"/> names: the query to make do with.</summary>
    public string? FallbackQuery { get; init; }

    /// <summary>Whether subfolders are searched.</summary>
    public bool Recursive { get; init; } = true;
}

/// <summary>Where on a machine to look: the home folder and the environment's overrides.</summary>
/// <param name="Home">The user's home folder.</param>
/// <param name="Variable">Reads an environment variable; null or empty when it is not set.</param>
public sealed record AgentEnvironment(string Home, Func<string, string?> Variable)
{
    /// <summary>The entries of a comma-separated list variable, or the given folders when it is not set.</summary>
    public IReadOnlyList<string> Folders(string variable, params string[] otherwise) =>
        Variable(variable) is { Length: > 0 } list
            ? list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : otherwise;
}

/// <summary>An agent whose logs can be read: one line in the registry of readers.</summary>
public sealed record AgentLog
{
    /// <summary>The name on the command line and in reports: <c>claude</c>.</summary>
    public required string Agent { get; init; }

    /// <summary>The name for people: <c>Claude Code</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Where its logs lie.</summary>
    public required Func<AgentEnvironment, IReadOnlyList<LogRoot>> Roots { get; init; }

    /// <summary>Reads one file. Safe to call from several threads at once.</summary>
    public required IUsageLogReader Reader { get; init; }
}

/// <summary>Turns the bytes of somebody else's log into usage events. A pure function of the stream and the context.</summary>
public interface IUsageLogReader
{
    /// <summary>
    /// Reads from the stream's position to the last complete line. Never throws for bad content: that becomes a warning
    /// and reading goes on. Failures of the stream itself pass through.
    /// </summary>
    LogReading Read(Stream content, LogContext context);
}

/// <summary>What a reader knows besides the bytes.</summary>
public sealed record LogContext
{
    /// <summary>Whose usage it is.</summary>
    public string Org { get; init; } = Dimensions.LocalOrg;

    /// <summary>The file's path, which names the project in some layouts.</summary>
    public required string Path { get; init; }

    /// <summary>Where an earlier reading stopped; <see cref="LogCheckpoint.Start"/> for a new file.</summary>
    public LogCheckpoint From { get; init; } = LogCheckpoint.Start;

    /// <summary>Opens the log of another session by its key (the parent of a fork); null when there is none.</summary>
    public Func<string, Stream?> OpenSession { get; init; } = _ => null;
}

/// <summary>Where a reading stopped and what the reader must remember to go on.</summary>
/// <param name="Offset">Bytes consumed: the start of the first line not read yet.</param>
/// <param name="Line">Complete lines consumed.</param>
/// <param name="State">What the reader carries from line to line (Codex: totals, model, thread); empty when nothing.</param>
public sealed record LogCheckpoint(long Offset, long Line, string State)
{
    /// <summary>The beginning of a file.</summary>
    public static LogCheckpoint Start { get; } = new(0, 0, string.Empty);
}

/// <summary>A line that could not be counted. Everything else was.</summary>
/// <param name="Line">1-based; 0 when the whole file is meant.</param>
/// <param name="Reason">What is wrong, in a few words that are the same for the same fault.</param>
public readonly record struct LogWarning(long Line, string Reason);

/// <summary>What one reading of one file yielded.</summary>
/// <param name="Events">One per call, copies within the file already merged.</param>
/// <param name="Warnings">Lines that were skipped, at most <see cref="WarningsMax"/>.</param>
/// <param name="Next">Where to go on when the file has grown.</param>
public sealed record LogReading(IReadOnlyList<UsageEvent> Events, IReadOnlyList<LogWarning> Warnings, LogCheckpoint Next)
{
    /// <summary>More warnings of one file than these are counted in the last one only.</summary>
    public const int WarningsMax = 100;
}
