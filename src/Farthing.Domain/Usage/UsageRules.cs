namespace Farthing.Domain.Usage;

/// <summary>What makes an event acceptable, checked once at the door.</summary>
public static class UsageRules
{
    /// <summary>Clocks differ; more than this in the future is a mistake.</summary>
    public static readonly TimeSpan FutureMax = TimeSpan.FromMinutes(5);

    /// <summary>No coding agent wrote logs before this instant.</summary>
    public static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The longest free text: a model name, a project, a branch, a run.</summary>
    public const int TextMax = 256;

    /// <summary>Whether an event lies further in the future than clocks differ; it may be acceptable later.</summary>
    public static bool IsInFuture(UsageEvent usage, DateTimeOffset now) => usage.OccurredAt > now + FutureMax;

    /// <summary>Says what is wrong with an event, or null when it may be counted.</summary>
    public static string? Refusal(UsageEvent usage, DateTimeOffset now) => usage switch
    {
        { Tokens.IsValid: false } => $"token counts must lie between 0 and {TokenCounts.ClassMax}",
        { WebSearches: < 0 } => "a count of web searches is negative",
        { OccurredAt: var at } when at < Earliest => $"the time {at:yyyy-MM-dd} is before 2020",
        { OccurredAt: var at } when IsInFuture(usage, now) => $"the time {at:yyyy-MM-ddTHH:mm:ssZ} is more than five minutes in the future",
        { Dimensions.Model.Length: > TextMax } => $"the model name is longer than {TextMax} characters",
        { Run.Length: > TextMax } => $"the name of the run is longer than {TextMax} characters",
        { DurationMilliseconds: < 0 } => "the duration is negative",
        _ => null,
    };
}
