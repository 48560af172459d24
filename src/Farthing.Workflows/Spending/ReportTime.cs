using System.Globalization;

namespace Farthing.Workflows.Spending;

/// <summary>Instants as reports write them.</summary>
public static class ReportTime
{
    /// <summary>An instant in UTC with milliseconds: <c>2026-01-05T09:00:00.000Z</c>.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
