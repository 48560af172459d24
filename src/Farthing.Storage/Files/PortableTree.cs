using Farthing.Storage.Sql;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Files;

/// <summary>Searches a tree with what every platform has. Inodes stay unknown, and links to folders are not followed.</summary>
internal static class PortableTree
{
    private const long NanosecondsPerTick = 100;

    private static readonly EnumerationOptions One = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Adds the logs below a folder in ordinal order of their paths; a folder that is a file is added itself.</summary>
    public static void Search(string folder, LogList logs)
    {
        if (File.Exists(folder))
        {
            Add(new FileInfo(folder), logs);
            return;
        }

        var paths = new List<string>();
        var folders = new List<string> { folder };
        for (var next = 0; next < folders.Count; next++)
        {
            Search(folders[next], paths, folders, logs);
        }

        paths.Sort(OrdinalText.Order);
        foreach (var path in paths)
        {
            Add(new FileInfo(path), logs);
        }
    }

    private static void Search(string folder, List<string> paths, List<string> folders, LogList logs)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", One))
            {
                if (entry is FileInfo && logs.IsLog(entry.Name))
                {
                    paths.Add(entry.FullName);
                }
                else if (entry is DirectoryInfo && logs.Recursive && (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.None)
                {
                    folders.Add(entry.FullName);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // It went away, or was never there: an agent that is not installed.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            logs.Report(folder, failure.Message);
        }
    }

    private static void Add(FileInfo file, LogList logs)
    {
        if (!file.Exists)
        {
            return;
        }

        var (size, modified) = (file.Length, ModifiedAt(file));
        var news = new FileInfo(LogList.NewsOf(file.FullName));
        if (logs.WithNews && news.Exists)
        {
            (size, modified) = (size + news.Length, Math.Max(modified, ModifiedAt(news)));
        }

        logs.Add(new LogFile(file.FullName, size, Inode: 0, modified));
    }

    private static long ModifiedAt(FileInfo file) =>
        (file.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
}
