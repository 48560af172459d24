using System.CommandLine;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What was spent on each day.</summary>
internal static class DailyCommand
{
    internal static Command Create(CommandContext context) =>
        PeriodCommand.Equip(new("daily", "What was spent on each day."), context, ReportPeriod.Day);
}
