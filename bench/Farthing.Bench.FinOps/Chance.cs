namespace Farthing.Bench.FinOps;

/// <summary>Numbers that look random and are the same in every process and version (SplitMix64).</summary>
internal sealed class Chance(params ReadOnlySpan<int> seed)
{
    private ulong state = Seed(seed);

    /// <summary>A number from 0 to below 1.</summary>
    public double Share() => (Next() >> 11) / (double)(1UL << 53);

    /// <summary>A whole number from 0 to below a limit.</summary>
    public int Below(int limit) => (int)(Next() % (uint)limit);

    /// <summary>A whole number between two, the second not included.</summary>
    public int Between(int from, int to) => from + Below(to - from);

    private static ulong Seed(ReadOnlySpan<int> seed)
    {
        var mixed = 0x243F6A8885A308D3UL;
        foreach (var number in seed)
        {
            mixed = Mix(unchecked(mixed + (uint)number + 0x9E3779B97F4A7C15));
        }

        return mixed;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    private ulong Next() => Mix(state = unchecked(state + 0x9E3779B97F4A7C15));
}
