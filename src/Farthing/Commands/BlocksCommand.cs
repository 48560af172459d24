using System.CommandLine;
using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>The five-hour windows that a Claude subscription is limited by.</summary>
internal sealed class BlocksCommand
{
    private const string Max = "max";
    private const string UsualAgent = "claude";
    private const int RecentDays = 3;
    private const decimal HoursMax = 24 * 7;
    private readonly CommandContext context;
    private readonly ReportOptions options = new();
    private readonly OrderOption order = new();
    private readonly Flag active = new("--active", "Only the open window, with where it leads.", "-a");
    private readonly Flag recent = new("--recent", "Only the last three days.", "-r");
    private readonly Option<string> tokenLimit = new("--token-limit", "-t") { Description = "A limit to compare with: tokens, or max for the fullest window so far.", HelpName = "N|max" };
    private readonly Option<string> sessionLength = new("--session-length", "-n") { Description = "The length of a window in hours; 5 unless told.", HelpName = "HOURS" };

    private BlocksCommand(CommandContext context)
    {
        this.context = context;
        tokenLimit.Validators.Add(static result => ReportOptions.Check(result, "--token-limit", static text => text == Max || TryParseTokens(text, out _), "a number of tokens, or max"));
        sessionLength.Validators.Add(static result => ReportOptions.Check(result, "--session-length", static text => TryParseHours(text, out _), "a number of hours above 0, at most a week"));
    }

    internal static Command Create(CommandContext context)
    {
        var blocks = new BlocksCommand(context);
        var command = new Command("blocks", "Five-hour windows of Claude Code (of other agents with --agent).")
        {
            blocks.active.Option, blocks.recent.Option, blocks.tokenLimit, blocks.sessionLength, blocks.order.Option,
        };
        blocks.options.AddTo(command);
        command.SetAction(blocks.RunAsync);
        return command;
    }

    private static bool TryParseTokens(string? text, out long tokens) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out tokens) && tokens > 0;

    private static bool TryParseHours(string? text, out decimal hours) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hours) && hours is > 0 and <= HoursMax;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        var choices = options.Read(parsed, context, UsualAgent);
        var request = new BlockReportRequest
        {
            Spend = choices.Spend,
            Length = TryParseHours(parsed.GetValue(sessionLength), out var hours) ? TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour)) : BlockReportRequest.DefaultLength,
            By = choices.By,
            ActiveOnly = active.IsSet(parsed),
            NotBefore = recent.IsSet(parsed) ? now.AddDays(-RecentDays) : null,
        };
        var preparation = await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var queries = await context.OpenSpendAsync(cancellationToken);
        var limit = parsed.GetValue(tokenLimit) switch
        {
            Max => await FullestAsync(request, queries, now, cancellationToken),
            var text => TryParseTokens(text, out var tokens) ? tokens : (long?)null,
        };
        var blocks = order.Apply(parsed, await BlockReports.BuildAsync(request, queries, now, cancellationToken));
        Answer(new(blocks, request, choices, limit, now), preparation);
        return ExitCode.Success;
    }

    private void Answer(BlocksAnswer answer, Preparation preparation)
    {
        if (answer.Choices.Json)
        {
            BlocksJson.Write(context.Out, answer);
        }
        else
        {
            BlocksPage.Show(context, answer, preparation);
        }
    }

    /// <summary>The tokens of the fullest window that is over; null when there is none.</summary>
    private static async Task<long?> FullestAsync(
        BlockReportRequest request, ISpendQueries queries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var everything = request with { Spend = request.Spend with { Since = null, Until = null }, ActiveOnly = false, NotBefore = null };
        var blocks = await BlockReports.BuildAsync(everything, queries, now, cancellationToken);
        long fullest = 0;
        foreach (var block in blocks)
        {
            fullest = block.IsActive ? fullest : Math.Max(fullest, block.Line.Sum.TotalTokens);
        }

        return fullest > 0 ? fullest : null;
    }
}
