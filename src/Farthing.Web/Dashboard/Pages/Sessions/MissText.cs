using Farthing.Domain.Caching;

namespace Farthing.Web.Dashboard.Pages.Sessions;

/// <summary>What happened to the cache at a call, in words.</summary>
public static class MissText
{
    /// <summary>The words of a cause.</summary>
    public static string Of(CacheMiss miss) => miss switch
    {
        CacheMiss.None => "Hit",
        CacheMiss.FirstCall => "First call",
        CacheMiss.NothingCached => "Nothing cached before",
        CacheMiss.ModelSwitch => "Another model",
        CacheMiss.LifetimeGap => "Lifetime ran out",
        CacheMiss.Compaction => "History compacted",
        _ => "Prompt begins differently",
    };
}
