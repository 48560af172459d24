namespace Farthing.Workflows.Spending;

/// <summary>
/// Cuts calls, in order of time, into windows: a window starts at the full UTC hour of its first call; the next one
/// starts with a call more than its length after its start or after the call before. In the second case the idle time
/// between stands as a gap.
/// </summary>
/// <param name="length">The length of a window; positive.</param>
/// <param name="by">What windows are split by; null for not at all.</param>
/// <param name="readFrom">The instant from which calls are added.</param>
public sealed class BlockChain(TimeSpan length, SpendDimension? by, DateTimeOffset readFrom)
{
    private readonly List<UsageBlock> blocks = [];
    private readonly List<string> models = [];
    private SpendLineBuilder line = new(string.Empty);
    private DateTimeOffset start;
    private DateTimeOffset first;
    private DateTimeOffset? last;

    private DateTimeOffset? firstOfAll;
    private DateTimeOffset? anchoredAt;

    /// <summary>
    /// Whether the windows from an instant on are cut as if all history had been read. They are once a call was preceded
    /// by silence longer than a window: whatever happened before, a window starts there.
    /// </summary>
    public bool IsCertainFrom(DateTimeOffset instant) => firstOfAll is null || anchoredAt == firstOfAll || anchoredAt <= instant;

    /// <summary>Adds the next call.</summary>
    public void Add(PricedCall call)
    {
        var at = call.Usage.OccurredAt;
        firstOfAll ??= at;
        if (anchoredAt is null && at - (last ?? readFrom) > length)
        {
            anchoredAt = at;
        }

        if (last is null)
        {
            Open(at);
        }
        else if (at - start > length || at - last > length)
        {
            Close(null);
            if (at - last > length)
            {
                AddGap(last.Value + length, at);
            }

            Open(at);
        }

        last = at;
        line.Add(call, by);
        var model = call.Usage.Dimensions.ReportedModelName;
        if (!models.Contains(model, StringComparer.Ordinal))
        {
            models.Add(model);
        }
    }

    /// <summary>
    /// The windows and gaps by their start; a window that starts at the full hour may stand before the gap that ends with
    /// its first call. Nothing may be added afterwards.
    /// </summary>
    public IReadOnlyList<UsageBlock> Finish(DateTimeOffset now)
    {
        if (last is not null)
        {
            Close(now);
        }

        blocks.Sort(static (left, right) => left.StartAt.CompareTo(right.StartAt));
        return blocks;
    }

    private void Open(DateTimeOffset at)
    {
        first = at;
        start = new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        line = new(NameOf(start));
        models.Clear();
    }

    private void Close(DateTimeOffset? now) => blocks.Add(new()
    {
        StartAt = start,
        EndAt = start + length,
        IsActive = now < start + length && now - last < length,
        FirstAt = first,
        LastAt = last,
        Line = line.Build(by),
        ModelsByTime = [.. models],
    });

    private void AddGap(DateTimeOffset from, DateTimeOffset to) => blocks.Add(new()
    {
        StartAt = from,
        EndAt = to,
        IsGap = true,
        Line = new() { Name = "gap-" + NameOf(from), Sum = default },
    });

    private static string NameOf(DateTimeOffset at) => ReportTime.Iso(at);
}
