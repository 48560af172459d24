namespace Farthing.Workflows.Metering;

/// <summary>An agent's logs in the folders to look at.</summary>
/// <param name="Log">Whose logs, and how they are read.</param>
/// <param name="Roots">Where to look.</param>
public sealed record LogSelection(AgentLog Log, IReadOnlyList<LogRoot> Roots);

/// <summary>One file that holds something new.</summary>
/// <param name="Log">Whose log it is.</param>
/// <param name="Root">The folder it was found in.</param>
/// <param name="File">The file as it was found.</param>
/// <param name="Known">How far it was read before; null for a new file.</param>
internal sealed record ImportItem(AgentLog Log, LogRoot Root, LogFile File, LogPosition? Known)
{
    /// <summary>The bytes that may have to be read.</summary>
    public long NewBytes => Math.Max(0, File.Size - (CanResume ? Known!.Checkpoint.Offset : 0));

    /// <summary>Whether the file only grew, as far as can be told without opening it.</summary>
    public bool CanResume =>
        Root.Shape == LogShape.Lines && Known is not null && Known.File.Inode == File.Inode && Known.Checkpoint.Offset <= File.Size
        && Known.File.Size <= File.Size;
}

/// <summary>The files found on this machine and those of them that must be read.</summary>
internal sealed class ImportPlan
{
    private const int SessionKeyLength = 36;
    private readonly Lazy<Dictionary<string, ImportItem>> bySession;
    private readonly IReadOnlyList<ImportItem> all;

    private ImportPlan(IReadOnlyDictionary<LogRoot, int> filesByRoot, IReadOnlyList<ImportItem> all, IReadOnlyList<ImportItem> changed)
    {
        FilesByRoot = filesByRoot;
        this.all = all;
        Changed = changed;
        bySession = new(IndexBySession);
    }

    /// <summary>How many log files lie in each folder.</summary>
    public IReadOnlyDictionary<LogRoot, int> FilesByRoot { get; }

    /// <summary>Those that are new or have changed, the largest first so that the workers end together.</summary>
    public IReadOnlyList<ImportItem> Changed { get; }

    /// <summary>Compares what is on disk with what was read before.</summary>
    public static ImportPlan Make(
        ILogFiles files, IReadOnlyList<LogSelection> selections, IReadOnlyDictionary<string, LogPosition> positions, Action<string, string> unreadable)
    {
        var found = new List<ImportItem>();
        var filesByRoot = new Dictionary<LogRoot, int>(ReferenceEqualityComparer.Instance);
        foreach (var (log, roots) in selections)
        {
            foreach (var root in roots)
            {
                var listed = files.List(root, unreadable);
                filesByRoot[root] = listed.Count;
                foreach (var file in listed)
                {
                    found.Add(new(log, root, file, positions.GetValueOrDefault(file.Path) is { } known && known.Agent == log.Agent ? known : null));
                }
            }
        }

        var changed = found.FindAll(item => item.Known?.File != item.File);
        changed.Sort((left, right) => right.NewBytes.CompareTo(left.NewBytes));
        return new(filesByRoot, found, changed);
    }

    /// <summary>The log of another session of the same agent, recognised by the session's key at the end of its file name.</summary>
    public ImportItem? FindSession(AgentLog log, string key) =>
        bySession.Value.TryGetValue(key, out var item) && item.Log == log ? item : null;

    private Dictionary<string, ImportItem> IndexBySession()
    {
        var index = new Dictionary<string, ImportItem>(all.Count, StringComparer.Ordinal);
        foreach (var item in all)
        {
            var name = Path.GetFileNameWithoutExtension(item.File.Path);
            index.TryAdd(name.Length > SessionKeyLength ? name[^SessionKeyLength..] : name, item);
        }

        return index;
    }
}
