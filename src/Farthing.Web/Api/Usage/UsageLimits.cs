namespace Farthing.Web.Api.Usage;

/// <summary>What one batch of usage may hold.</summary>
internal static class UsageLimits
{
    /// <summary>The most events of a batch.</summary>
    public const int EventsMax = 10_000;

    /// <summary>The most web searches of a call.</summary>
    public const int WebSearchesMax = 1_000_000;

    /// <summary>The longest call: 31 days.</summary>
    public const long DurationMillisecondsMax = 31L * 24 * 60 * 60 * 1_000;

    /// <summary>The bytes that bodies may take together while they are read; the next one is sent away until there is room.</summary>
    public const long BodiesBytesMax = 256 * 1024 * 1024;
}
