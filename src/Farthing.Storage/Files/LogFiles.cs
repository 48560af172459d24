using Farthing.Storage.Sqlite;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Files;

/// <summary>The log files of this machine's file system.</summary>
public sealed class LogFiles : ILogFiles
{
    /// <inheritdoc/>
    /// <remarks>A root that is itself a file is listed alone, whatever its ending: the user named it.</remarks>
    public IReadOnlyList<LogFile> List(LogRoot root, Action<string, string> unreadable)
    {
        var logs = new LogList(root, unreadable);
        if (LinuxTree.IsSupported)
        {
            new LinuxTree(logs).Search(Path.GetFullPath(root.Folder));
        }
        else
        {
            PortableTree.Search(Path.GetFullPath(root.Folder), logs);
        }

        return logs.ToFiles();
    }

    /// <inheritdoc/>
    public Stream Open(LogRoot root, LogFile file) =>
        root.Shape == LogShape.Database
            ? RowLines.Open(file.Path, root.Query, root.FallbackQuery)
            // Readers bring large buffers of their own, so nothing is buffered here. The agent may write, rename or delete meanwhile.
            : new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
