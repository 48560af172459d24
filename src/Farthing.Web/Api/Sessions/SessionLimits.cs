namespace Farthing.Web.Api.Sessions;

/// <summary>What reports of sessions may hold.</summary>
internal static class SessionLimits
{
    /// <summary>The most sessions of one request.</summary>
    public const int SessionsMax = 10_000;

    /// <summary>The most models, and the most categories or frictions, of a session.</summary>
    public const int EntriesMax = 100;

    /// <summary>The most tools of a session.</summary>
    public const int ToolsMax = 500;
}
