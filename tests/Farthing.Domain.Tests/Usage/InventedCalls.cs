using Farthing.Domain.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Usage;

/// <summary>Records of one call as they reach a store: few distinct values, so that ties and copies are frequent.</summary>
internal static class InventedCalls
{
    public static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    // Model follows output, so that records of one rank are copies and never contradict each other.
    public static Gen<UsageEvent> Copies { get; } =
        from output in Gen.Choose(0, 3)
        from second in Gen.Choose(0, 2)
        from session in Gen.Choose(0, 2)
        from sidechain in Gen.Elements(EventQuality.Good, EventQuality.Sidechain)
        from run in Gen.Elements(string.Empty, "run-1")
        from duration in Gen.Elements<long?>(null, 5, 9)
        select Call(output, second, session, sidechain) with { Run = run, DurationMilliseconds = duration };

    public static Arbitrary<(UsageEvent A, UsageEvent B, UsageEvent C)> Triples { get; } =
        (from a in Copies from b in Copies from c in Copies select (a, b, c)).ToArbitrary();

    public static UsageEvent Call(int output, int second = 0, int session = 0, EventQuality quality = EventQuality.Good, string? model = null)
    {
        var at = Noon.AddSeconds(second);
        return new()
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, "claude", "msg_1"),
            OccurredAt = at,
            Dimensions = new() { Agent = "claude", Model = model ?? $"model-{output}", Project = $"/srv/{session}" },
            Session = new($"session-{session}", string.Empty, string.Empty),
            Tokens = new() { Input = 10, Output = output },
            Quality = quality,
        };
    }
}
