using System.CommandLine;
using Farthing.Comparing;
using Farthing.Domain.Money;
using Farthing.Reports;
using Farthing.Workflows.Spending;
using Farthing.Workflows.Spending.Ccusage;

namespace Farthing.Commands;

/// <summary>The comparison with ccusage.</summary>
internal sealed class CcusageComparisonCommand
{
    private const string StandardInput = "-";
    private readonly CommandContext context;
    private readonly Argument<string> file = new("JSON") { Description = "What 'ccusage … --json' wrote for the same logs; - reads standard input." };
    private readonly Option<bool> details = new("--details") { Description = "Show every row with a difference, too." };
    private readonly Option<string> since = DateOption("--since", "-s", "The first day, included, when ccusage was asked for it: YYYY-MM-DD or YYYYMMDD.");
    private readonly Option<string> until = DateOption("--until", "-u", "The last day, included, when ccusage was asked for it.");
    private readonly AgentOption agent = new("Whose report it is, when its shape does not tell: claude, gemini, opencode …", allowsAll: false);
    private readonly Option<bool> json = new("--json", "-j") { Description = "Answer in JSON." };
    private readonly ZoneOption zone = new();

    private CcusageComparisonCommand(CommandContext context) => this.context = context;

    internal static Command Create(CommandContext context)
    {
        var comparison = new CcusageComparisonCommand(context);
        var command = new Command("ccusage", "Explain why a report of ccusage differs from ours, rule by rule, down to the cent.");
        command.Arguments.Add(comparison.file);
        foreach (var option in (Option[])[comparison.since, comparison.until, comparison.zone.Option, comparison.agent.Option, comparison.details, comparison.json])
        {
            command.Options.Add(option);
        }

        command.SetAction(comparison.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var query = new SpendQuery
        {
            Since = ReportOptions.TryParseDate(parsed.GetValue(since), out var first) ? first : null,
            Until = ReportOptions.TryParseDate(parsed.GetValue(until), out var last) ? last : null,
            Zone = zone.Read(parsed, context),
        };
        var reading = await ReadAsync(parsed.GetRequiredValue(file), agent.Read(parsed), cancellationToken);
        if (reading.Refusal is { } refusal)
        {
            await context.Error.WriteLineAsync(refusal);
            return ExitCode.Failure;
        }

        await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var workflow = new CompareCcusage(await context.OpenSpendAsync(cancellationToken), context.OpenPrices().Rate, context.Time.GetUtcNow());
        var comparisons = new List<CcusageComparison>();
        foreach (var report in reading.Reports)
        {
            comparisons.Add(await workflow.CompareAsync(report, query, cancellationToken));
        }

        Show(comparisons, parsed.GetValue(json), parsed.GetValue(details));
        return comparisons.TrueForAll(static comparison => comparison.Unexplained == Usd.Zero) ? ExitCode.Success : ExitCode.Failure;
    }

    private static Option<string> DateOption(string name, string alias, string description)
    {
        var option = new Option<string>(name, alias) { Description = description, HelpName = "DATE" };
        option.Validators.Add(result => ReportOptions.Check(result, name, static text => ReportOptions.TryParseDate(text, out _), "a day as YYYY-MM-DD or YYYYMMDD"));
        return option;
    }

    private async Task<CcusageReading> ReadAsync(string path, string? whose, CancellationToken cancellationToken)
    {
        await using var report = path == StandardInput ? context.OpenIn() : File.OpenRead(path);
        return await CcusageReportReader.ReadAsync(report, whose, cancellationToken);
    }

    private void Show(List<CcusageComparison> comparisons, bool asJson, bool isDetailed)
    {
        if (asJson)
        {
            CompareJson.Write(context.Out, comparisons);
            return;
        }

        var page = new ComparePage(context);
        foreach (var comparison in comparisons)
        {
            page.Show(comparison, isDetailed);
        }
    }
}
