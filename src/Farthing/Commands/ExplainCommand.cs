using System.CommandLine;
using Farthing.Domain.Usage;
using Farthing.Explaining;
using Farthing.Reports;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What made a call or a session cost what it cost.</summary>
internal static class ExplainCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("explain", "Open the cost of a call or a session: tokens × rate, the rate card and where its prices come from.");
        var name = new Argument<string>("NAME") { Description = "An event id, a session key (of both the first six characters are enough), or the id of a message or of a reported call." };
        var json = new Option<bool>("--json", "-j") { Description = "Answer in JSON." };
        var zone = new ZoneOption();
        command.Arguments.Add(name);
        command.Options.Add(zone.Option);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
            var queries = await context.OpenSpendAsync(cancellationToken);
            var asked = parsed.GetRequiredValue(name);
            var explanation = await new ExplainCost(queries).ExplainAsync(Dimensions.LocalOrg, asked, cancellationToken);
            return Answer(context, explanation, asked, zone.Read(parsed, context), parsed.GetValue(json));
        });
        return command;
    }

    private static int Answer(CommandContext context, CostExplanation explanation, string asked, TimeZoneInfo zone, bool asJson)
    {
        if (asJson)
        {
            ExplainJson.Write(context.Out, explanation);
        }
        else
        {
            Show(new ExplainPage(context, zone), explanation, asked);
        }

        return explanation is CostExplanation.OneCall or CostExplanation.OneSession ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Show(ExplainPage page, CostExplanation explanation, string asked)
    {
        switch (explanation)
        {
            case CostExplanation.OneCall call:
                page.Show(call);
                break;
            case CostExplanation.OneSession session:
                page.Show(session);
                break;
            default:
                page.Refuse(explanation, asked);
                break;
        }
    }
}
