namespace Farthing.Web.Dashboard.Pages.Home;

/// <summary>What became of waiting for the first call.</summary>
public enum FirstCallState
{
    /// <summary>A page waits for it.</summary>
    Awaited,

    /// <summary>It is known.</summary>
    Come,

    /// <summary>It was waited for long enough.</summary>
    GivenUp,
}
