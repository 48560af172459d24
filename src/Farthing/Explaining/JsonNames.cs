using Farthing.Domain.Usage;

namespace Farthing.Explaining;

/// <summary>The names of enumerations in JSON; <c>docs/reference</c> lists them.</summary>
internal static class JsonNames
{
    /// <summary>The name of a service tier.</summary>
    public static string Of(ServiceTier tier) => tier switch
    {
        ServiceTier.Standard => "standard",
        ServiceTier.Batch => "batch",
        ServiceTier.Flex => "flex",
        ServiceTier.Priority => "priority",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "There is no such tier."),
    };

    /// <summary>The names of all that is noted about an event's figures; none when they are good.</summary>
    public static IEnumerable<string> Of(EventQuality quality)
    {
        if (quality.HasFlag(EventQuality.Sidechain))
        {
            yield return "sidechain";
        }

        if (quality.HasFlag(EventQuality.OutputLowerBound))
        {
            yield return "output_lower_bound";
        }

        if (quality.HasFlag(EventQuality.IncompleteStream))
        {
            yield return "incomplete_stream";
        }

        if (quality.HasFlag(EventQuality.ClassesInferred))
        {
            yield return "classes_inferred";
        }

        if (quality.HasFlag(EventQuality.ModelAssumed))
        {
            yield return "model_assumed";
        }

        if (quality.HasFlag(EventQuality.Failed))
        {
            yield return "failed";
        }

        if (quality.HasFlag(EventQuality.SessionTotal))
        {
            yield return "session_total";
        }
    }

    /// <summary>The name of a token class.</summary>
    public static string Of(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Input => "input",
        TokenClass.CacheRead => "cache_read",
        TokenClass.CacheWrite5m => "cache_write_5m",
        TokenClass.CacheWrite1h => "cache_write_1h",
        TokenClass.Output => "output",
        TokenClass.InputAudio => "input_audio",
        TokenClass.CacheReadAudio => "cache_read_audio",
        TokenClass.OutputAudio => "output_audio",
        TokenClass.InputImage => "input_image",
        TokenClass.CacheReadImage => "cache_read_image",
        TokenClass.OutputImage => "output_image",
        TokenClass.InputVideo => "input_video",
        TokenClass.OutputVideo => "output_video",
        TokenClass.Citation => "citation",
        _ => throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "The class has no name."),
    };
}
