namespace Farthing.Workflows.Metering;

/// <summary>A log file as the file system shows it, without opening it.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Inode">The file's number on its volume; another file of the same name has another one.</param>
/// <param name="ModifiedAt">Its last modification in nanoseconds since 1970.</param>
public readonly record struct LogFile(string Path, long Size, long Inode, long ModifiedAt);

/// <summary>The log files of this machine.</summary>
public interface ILogFiles
{
    /// <summary>
    /// Lists the log files below a root, in ordinal order of their paths. A database counts as modified when its
    /// write-ahead log is. A missing folder is empty; an unreadable subfolder is skipped and reported.
    /// </summary>
    IReadOnlyList<LogFile> List(LogRoot root, Action<string, string> unreadable);

    /// <summary>Opens a file at its beginning (seekable), or the rows of a database as JSON lines (not seekable).</summary>
    /// <exception cref="IOException">It has disappeared or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Its permissions forbid it.</exception>
    Stream Open(LogRoot root, LogFile file);
}
