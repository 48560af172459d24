namespace Farthing.Workflows.Metering;

/// <summary>
/// How many records of an agent told a known call once more. Every record counts that the store was handed and found to be
/// of a call that it knew, also from the same batch, each time it comes: a request that is sent again counts again, for its
/// first answer may have been lost behind the commit. What a batch counts is kept with it or not at all. Copies that a
/// reader of logs joins before the store sees them do not count.
/// </summary>
/// <param name="Agent">The agent that the records name; empty for none.</param>
/// <param name="Duplicates">Those that said nothing new: <see cref="AppendVerdict.Duplicate"/>.</param>
/// <param name="Superseded">Those that said it better: <see cref="AppendVerdict.Superseded"/>.</param>
public sealed record UsageRepeats(string Agent, long Duplicates, long Superseded);

/// <summary>Reads how often known calls were told again.</summary>
public interface IUsageRepeats
{
    /// <summary>The repeats of an organisation by agent, only of agents that have some.</summary>
    /// <param name="org">The organisation.</param>
    /// <param name="from">The first instant of the records' own times; kept by quarter hour, at which the days of every zone begin.</param>
    /// <param name="before">The first instant behind the last one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<UsageRepeats>> ReadRepeatsAsync(string org, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);
}
