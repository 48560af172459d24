using System.Globalization;
using System.Text;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>A reading as text, one call a line, in which every field that a reader fills can be seen.</summary>
internal static class ReadingText
{
    public static string Of(LogReading reading)
    {
        var text = new StringBuilder();
        foreach (var usage in reading.Events)
        {
            text.Append(CultureInfo.InvariantCulture, $"{usage.OccurredAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} line {usage.Line} {usage.Id}").Append('\n');
            text.Append("    ").Append(Place(usage)).Append('\n');
            text.Append("    ").Append(Figures(usage)).Append('\n');
        }

        foreach (var warning in reading.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $"! line {warning.Line}: {warning.Reason}").Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"next {reading.Next.Offset} line {reading.Next.Line} '{reading.Next.State}'").Append('\n').ToString();
    }

    private static string Place(UsageEvent usage)
    {
        var (dimensions, session) = (usage.Dimensions, usage.Session);
        return $"{dimensions.Agent} {dimensions.Provider}/{dimensions.Model} project={dimensions.Project} branch={dimensions.Branch} "
            + $"session={session.Key} version={session.AgentVersion} parent={session.Parent}";
    }

    private static string Figures(UsageEvent usage)
    {
        var tokens = usage.Tokens;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"input {tokens.Input} read {tokens.CacheRead} write5m {tokens.CacheWrite5m} write1h {tokens.CacheWrite1h} output {tokens.Output} (reasoning {tokens.Reasoning}) cost {usage.ReportedCost?.ToString() ?? "-"} {usage.Terms.Tier} {usage.Quality}{(usage.HasVaryingTime ? " varying" : string.Empty)}");
    }
}
