namespace Farthing.Workflows.Metering;

/// <summary>How far an import is.</summary>
/// <param name="FilesDone">Files read.</param>
/// <param name="FilesTotal">Files to read.</param>
/// <param name="BytesDone">Bytes read.</param>
/// <param name="BytesTotal">Bytes to read.</param>
public readonly record struct ImportProgress(int FilesDone, int FilesTotal, long BytesDone, long BytesTotal);

/// <summary>A line or a file that could not be counted.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">1-based; 0 for the whole file.</param>
/// <param name="Reason">What is wrong.</param>
public readonly record struct ImportWarning(string File, long Line, string Reason);

/// <summary>What an import did.</summary>
public sealed record ImportSummary
{
    /// <summary>The most warnings that are kept; more are only counted.</summary>
    public const int WarningsMax = 1_000;

    /// <summary>Log files on this machine.</summary>
    public int FilesFound => FilesByRoot.Values.Sum();

    /// <summary>Log files by the folder they were looked for in; folders without any are there too.</summary>
    public required IReadOnlyDictionary<LogRoot, int> FilesByRoot { get; init; }

    /// <summary>Files that were new or had changed.</summary>
    public required int FilesRead { get; init; }

    /// <summary>New bytes.</summary>
    public required long BytesRead { get; init; }

    /// <summary>What became of the records.</summary>
    public required AppendResult Records { get; init; }

    /// <summary>What could not be counted, at most <see cref="WarningsMax"/>.</summary>
    public required IReadOnlyList<ImportWarning> Warnings { get; init; }

    /// <summary>All warnings.</summary>
    public required long WarningCount { get; init; }

    /// <summary>New calls by agent.</summary>
    public required IReadOnlyDictionary<string, int> RecordsByAgent { get; init; }
}
