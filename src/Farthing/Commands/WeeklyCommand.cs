using System.CommandLine;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What was spent in each week. A week is called by its first day.</summary>
internal static class WeeklyCommand
{
    private const string Days = "monday, tuesday, wednesday, thursday, friday, saturday or sunday";

    internal static Command Create(CommandContext context)
    {
        var startOfWeek = new Option<string>("--start-of-week", "-w") { Description = "The day on which weeks start; monday unless told.", HelpName = "DAY" };
        startOfWeek.Validators.Add(static result => ReportOptions.Check(result, "--start-of-week", static text => TryParse(text) is not null, Days));
        var command = new Command("weekly", "What was spent in each week.") { startOfWeek };
        return PeriodCommand.Equip(command, context, ReportPeriod.Week, parsed => TryParse(parsed.GetValue(startOfWeek)) ?? DayOfWeek.Monday);
    }

    private static DayOfWeek? TryParse(string? text) => text switch
    {
        "monday" => DayOfWeek.Monday,
        "tuesday" => DayOfWeek.Tuesday,
        "wednesday" => DayOfWeek.Wednesday,
        "thursday" => DayOfWeek.Thursday,
        "friday" => DayOfWeek.Friday,
        "saturday" => DayOfWeek.Saturday,
        "sunday" => DayOfWeek.Sunday,
        _ => null,
    };
}
