namespace Farthing.Testing;

/// <summary>A clock that stands still until somebody moves it, in either direction.</summary>
/// <param name="start">The time at the beginning.</param>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <summary>Noon of a day in the middle of a month.</summary>
    public ManualTime()
        : this(new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Moves it; back when negative.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
