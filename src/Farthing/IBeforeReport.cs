namespace Farthing;

/// <summary>A folder in which logs were looked for.</summary>
/// <param name="Agent">The agent, as people call it: <c>Claude Code</c>.</param>
/// <param name="Folder">The absolute path.</param>
/// <param name="Files">How many logs lie there; 0 also when the folder does not exist.</param>
internal sealed record SearchedFolder(string Agent, string Folder, int Files);

/// <summary>What happened before a report.</summary>
/// <param name="Folders">Where logs were looked for.</param>
/// <param name="NewCalls">Calls that were not known before.</param>
/// <param name="Warnings">Lines that could not be counted; each was told already.</param>
internal sealed record Preparation(IReadOnlyList<SearchedFolder> Folders, int NewCalls, int Warnings)
{
    /// <summary>Nothing was looked at.</summary>
    public static Preparation None { get; } = new([], 0, 0);

    /// <summary>Whether the store holds calls although no log lies in any of the folders.</summary>
    public bool HoldsCalls { get; init; }
}

/// <summary>Brings the store up to date before a report reads it.</summary>
internal interface IBeforeReport
{
    /// <summary>
    /// Imports what is new from this machine's logs. With <paramref name="demo"/> it writes the labelled synthetic logs
    /// into the data folder instead, and from then on <see cref="CommandContext.OpenSpendAsync"/> opens their store.
    /// </summary>
    Task<Preparation> PrepareAsync(bool demo, CancellationToken cancellationToken);
}
