using System.Globalization;

namespace Farthing.Demo;

/// <summary>A seeded sequence (SplitMix64, public domain algorithm of Sebastiano Vigna): the same seed, the same demo.</summary>
internal struct Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to <paramref name="sides"/> − 1.</summary>
    public int Roll(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>A number from <paramref name="from"/> to <paramref name="to"/> − 1.</summary>
    public int Between(int from, int to) => from + Roll(to - from);

    /// <summary>Whether something happens that does so so often in a hundred times.</summary>
    public bool Happens(int percent) => Roll(100) < percent;

    /// <summary>One of some things; what stands there twice is taken twice as often.</summary>
    public T One<T>(IReadOnlyList<T> things) => things[Roll(things.Count)];

    /// <summary>Sixteen hexadecimal digits.</summary>
    public string Hex() => Next().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The form of an agent's session id.</summary>
    public string Uuid() => new Guid([.. BitConverter.GetBytes(Next()), .. BitConverter.GetBytes(Next())]).ToString("D", CultureInfo.InvariantCulture);

    private ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
