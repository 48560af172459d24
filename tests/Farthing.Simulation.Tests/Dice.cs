namespace Farthing.Simulation.Tests;

/// <summary>Chance that is the same for the same seed, on every machine and in every version of the runtime (SplitMix64).</summary>
/// <param name="seed">Decides all throws.</param>
internal sealed class Dice(int seed)
{
    private ulong state = (ulong)(uint)seed;

    /// <summary>From 0 to one less than <paramref name="sides"/>.</summary>
    public int Next(int sides) => (int)(NextBits() % (ulong)sides);

    /// <summary>From <paramref name="least"/> to one less than <paramref name="end"/>.</summary>
    public int Next(int least, int end) => least + Next(end - least);

    private ulong NextBits()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
