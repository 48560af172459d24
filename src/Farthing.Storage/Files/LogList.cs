using Farthing.Workflows.Metering;

namespace Farthing.Storage.Files;

/// <summary>The files of a log root as they are found; grows in place and knows which names are wanted.</summary>
/// <param name="root">The root that is searched.</param>
/// <param name="unreadable">Is told paths that cannot be read, and why.</param>
internal sealed class LogList(LogRoot root, Action<string, string> unreadable)
{
    /// <summary>A database in use keeps its news in a log beside it, which counts as a part of it.</summary>
    private const string DatabaseNews = "-wal";

    private LogFile[] files = new LogFile[256];
    private int count;

    /// <summary>Whether the news of a database count too.</summary>
    public bool WithNews { get; } = root.Shape == LogShape.Database;

    /// <summary>Whether subfolders are searched.</summary>
    public bool Recursive => root.Recursive;

    /// <summary>The name of the file with a database's news.</summary>
    public static string NewsOf(string name) => name + DatabaseNews;

    /// <summary>Whether a name ends as the logs of the root do.</summary>
    public bool IsLog(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < root.Suffixes.Count; index++)
        {
            if (name.EndsWith(root.Suffixes[index], StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a file.</summary>
    public void Add(LogFile file)
    {
        if (count == files.Length)
        {
            var larger = new LogFile[count * 2];
            Array.Copy(files, larger, count);
            files = larger;
        }

        files[count++] = file;
    }

    /// <summary>Reports what cannot be read.</summary>
    public void Report(string path, string reason) => unreadable(path, reason);

    /// <summary>The files in the order in which they were added.</summary>
    public IReadOnlyList<LogFile> ToFiles()
    {
        var exact = new LogFile[count];
        Array.Copy(files, exact, count);
        return exact;
    }
}
