using System.Runtime.InteropServices;

namespace Farthing.Domain.Pricing;

/// <summary>
/// Remembers what was worked out for a model name. Names come from outside, so it never grows: a fixed number of places,
/// four of them for names that look alike, and the newest name takes the place of another. Thread-safe without locks.
/// </summary>
/// <typeparam name="T">What is remembered.</typeparam>
internal sealed class ModelMemo<T>
    where T : class
{
    /// <summary>The most names it remembers.</summary>
    public const int EntriesMax = Sets * Ways;

    private const int Ways = 4;
    private const int SetBits = 8;
    private const int Sets = 1 << SetBits;
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly Entry?[] entries = new Entry?[EntriesMax];
    private uint next;

    /// <summary>How many names it remembers now.</summary>
    public int Count => entries.Count(entry => entry is not null);

    /// <summary>What is remembered; null for nothing.</summary>
    public T? Find(string provider, string model)
    {
        var first = SetOf(provider, model);
        for (var index = first; index < first + Ways; index++)
        {
            var entry = entries[index];
            if (entry is not null && Same(entry.Model, model) && Same(entry.Provider, provider))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>Remembers.</summary>
    public void Keep(string provider, string model, T value)
    {
        var first = SetOf(provider, model);
        var free = first;
        while (free < first + Ways && entries[free] is not null)
        {
            free++;
        }

        var place = free < first + Ways ? free : first + (int)(Interlocked.Increment(ref next) % Ways);
        entries[place] = new(provider, model, value);
    }

    private static bool Same(string left, string right) => ReferenceEquals(left, right) || string.Equals(left, right, StringComparison.Ordinal);

    /// <summary>The end of a name and its length tell most names apart; reading all of it would cost more than a false neighbour.</summary>
    private static int SetOf(string provider, string model)
    {
        const int TailLength = sizeof(ulong) / sizeof(char);
        var tail = model.Length >= TailLength
            ? MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(model.AsSpan(model.Length - TailLength)))
            : 0;
        var mixed = unchecked((tail + ((ulong)model.Length << 40) + ((ulong)provider.Length << 48)) * Spread);
        return (int)(mixed >> (64 - SetBits)) * Ways;
    }

    private sealed record Entry(string Provider, string Model, T Value);
}
