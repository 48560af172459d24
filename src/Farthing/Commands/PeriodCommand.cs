using System.CommandLine;
using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What the reports by day, week and month have in common.</summary>
internal sealed class PeriodCommand
{
    private const int LastMax = 10_000;
    private readonly CommandContext context;
    private readonly ReportPeriod period;
    private readonly Func<ParseResult, DayOfWeek> weekStart;
    private readonly ReportOptions options = new();
    private readonly OrderOption order = new();
    private readonly Option<string> last = new("--last") { Description = "Only the last N periods, the current one included.", HelpName = "N" };

    private PeriodCommand(CommandContext context, ReportPeriod period, Func<ParseResult, DayOfWeek> weekStart)
    {
        this.context = context;
        this.period = period;
        this.weekStart = weekStart;
        last.Validators.Add(static result => ReportOptions.Check(result, "--last", static text => TryParseCount(text, out _), $"a whole number from 1 to {LastMax}"));
    }

    /// <summary>Gives a command its options and its action.</summary>
    public static Command Equip(Command command, CommandContext context, ReportPeriod period, Func<ParseResult, DayOfWeek>? weekStart = null)
    {
        var report = new PeriodCommand(context, period, weekStart ?? (static _ => DayOfWeek.Monday));
        report.options.AddTo(command);
        command.Options.Add(report.last);
        command.Options.Add(report.order.Option);
        command.SetAction(report.RunAsync);
        return command;
    }

    private static bool TryParseCount(string? text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= LastMax;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var choices = options.Read(parsed, context);
        var request = new PeriodReportRequest
        {
            Spend = Narrow(choices.Spend, parsed),
            Period = period,
            WeekStart = weekStart(parsed),
            By = choices.By,
        };
        var preparation = await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var queries = await context.OpenSpendAsync(cancellationToken);
        var report = order.Apply(parsed, await PeriodReports.BuildAsync(request, queries, cancellationToken));
        if (choices.Json)
        {
            LinesJson.WritePeriods(context.Out, period, report, choices);
        }
        else
        {
            PeriodPage.Show(context, period, report, choices with { Spend = request.Spend }, preparation);
        }

        return ExitCode.Success;
    }

    private SpendQuery Narrow(SpendQuery spend, ParseResult parsed)
    {
        if (!TryParseCount(parsed.GetValue(last), out var count))
        {
            return spend;
        }

        var today = CalendarDays.DayOf(context.Time.GetUtcNow(), spend.Zone);
        var start = PeriodReports.StartOfLast(count, today, period, weekStart(parsed));
        return spend with { Since = spend.Since > start ? spend.Since : start };
    }
}
