using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>A unit of work with what it began from.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Keys">What its requests name.</param>
/// <param name="Versions">The versions of its wallets when it began. Every unit raises those of all wallets that it locks.</param>
internal sealed record BegunUnit(LedgerUnit Unit, LedgerKeys Keys, IReadOnlyDictionary<LedgerKey, long> Versions)
{
    /// <summary>
    /// The open holds of the wallets, by wallet and id, when the unit began from memory; null when everything was locked and
    /// loaded. What was remembered is locked and proven by the first statements of what is written.
    /// </summary>
    public IReadOnlyDictionary<LedgerKey, Dictionary<string, Hold>>? Remembered { get; init; }

    /// <summary>
    /// Refuses a unit whose memory cannot be proven by what it writes: answers are taken to be new, and only storing them
    /// tells that none was given before.
    /// </summary>
    /// <exception cref="LedgerRaceException">It is to be done again, with everything loaded.</exception>
    public void RequireProvable()
    {
        if (Remembered is not null && Unit.Given.Count != Keys.Answers.Count)
        {
            throw new LedgerRaceException("An answer may have been given before.");
        }
    }

    /// <summary>Holds that were taken to be new, and that the unit did not make after all: that they are not there is still to be proven.</summary>
    public IReadOnlyList<LedgerKey> Absent => Remembered is null
        ? []
        : [.. Keys.Holds.Where(hold => Unit.FindHold(hold) is null)];
}
