using System.CommandLine;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What was spent in each month.</summary>
internal static class MonthlyCommand
{
    internal static Command Create(CommandContext context) =>
        PeriodCommand.Equip(new("monthly", "What was spent in each month."), context, ReportPeriod.Month);
}
