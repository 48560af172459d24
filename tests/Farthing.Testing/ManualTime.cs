namespace Farthing.Testing;

/// <summary>A clock that stands still until somebody moves it, in either direction.</summary>
/// <param name="start">The time at the beginning.</param>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;
    private long passed;

    /// <summary>Noon of a day in the middle of a month.</summary>
    public ManualTime()
        : this(new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref passed);

    /// <summary>Moves it; back when negative, which takes nothing from the time that has passed.</summary>
    public void Move(TimeSpan by)
    {
        Interlocked.Add(ref ticks, by.Ticks);
        Interlocked.Add(ref passed, Math.Max(0, by.Ticks));
    }
}
