using System.CommandLine;
using Farthing.Budgeting;
using Farthing.Domain.Usage;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Commands;

/// <summary><c>farthing budget</c>: lists, sets and removes budgets.</summary>
internal static class BudgetCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("budget", "Budgets: list them with how they stand, set, remove.");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Set(context));
        command.Subcommands.Add(Remove(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var (server, json) = (new ServerOption(), Json());
        var team = new Option<string>("--team") { Description = "Only those of this team, by its id or name.", HelpName = "TEAM" };
        var command = new Command("list", "All budgets, the newest first: how much is spent, and how the window is likely to end.") { team, server.Option, json.Option };
        command.SetAction((parsed, cancellationToken) => ListAsync(context, ChoicesOf(server.Read(parsed), json.IsSet(parsed)) with { Team = parsed.GetValue(team) }, cancellationToken));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var (options, server, json) = (new BudgetOptions(), new ServerOption(), Json());
        var command = new Command("set", "Make a budget, or change the one of that name; what is not named stays.");
        options.AddTo(command);
        command.Options.Add(server.Option);
        command.Options.Add(json.Option);
        command.SetAction((parsed, cancellationToken) => SetAsync(context, options, parsed, ChoicesOf(server.Read(parsed), json.IsSet(parsed)), cancellationToken));
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var (server, json, name) = (new ServerOption(), new Flag("--json", "Answer in JSON: its id and name.", "-j"), new Argument<string>("NAME") { Description = "The budget's name or id." });
        var command = new Command("remove", "Remove a budget with what was told of it.") { name, server.Option, json.Option };
        command.SetAction((parsed, cancellationToken) => RemoveAsync(context, parsed.GetRequiredValue(name), ChoicesOf(server.Read(parsed), json.IsSet(parsed)), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(CommandContext context, FinopsChoices choices, CancellationToken cancellationToken)
    {
        using var session = await BudgetSession.OpenAsync(context, choices, cancellationToken);
        var answer = await session.Desk.ListAsync(await session.TeamAsync(choices.Team, cancellationToken), cancellationToken);
        if (choices.Json)
        {
            AnswerJson.Write(context.Out, answer);
        }
        else
        {
            BudgetPage.Show(context, AnswerJson.Read(answer, BudgetFiguresJson.Default.ListBudgetFigures), choices);
        }

        return ExitCode.Success;
    }

    private static async Task<int> SetAsync(CommandContext context, BudgetOptions options, ParseResult parsed, FinopsChoices choices, CancellationToken cancellationToken)
    {
        using var session = await BudgetSession.OpenAsync(context, choices, cancellationToken);
        var named = options.Name(parsed);
        var wish = options.Change(parsed);
        var known = BudgetNames.Find(named, await session.AllAsync(cancellationToken));
        if (known is null && wish.Amount is null)
        {
            await context.Error.WriteLineAsync($"There is no budget '{DisplayText.Clean(named)}' yet; say how many dollars it has: farthing budget set NAME DOLLARS");
            return ExitCode.Usage;
        }

        if (known is not null && await options.ScopeAsync(parsed, session, cancellationToken) is ({ } scope, var id) && !IsOf(known, scope, id))
        {
            await context.Error.WriteLineAsync($"There is a budget '{DisplayText.Clean(named)}' already, and whose spend it limits cannot be changed; choose another name, or remove it first.");
            return ExitCode.Usage;
        }

        var answer = known is null
            ? await session.Desk.CreateAsync(await options.NewAsync(parsed, context, session, cancellationToken), cancellationToken)
            : await session.Desk.ChangeAsync(known.Id, wish, cancellationToken);
        if (choices.Json)
        {
            AnswerJson.Write(context.Out, answer);
        }
        else
        {
            BudgetPage.Show(context, AnswerJson.Read(answer, BudgetFiguresJson.Default.BudgetFigures));
        }

        return ExitCode.Success;
    }

    private static async Task<int> RemoveAsync(CommandContext context, string named, FinopsChoices choices, CancellationToken cancellationToken)
    {
        using var session = await BudgetSession.OpenAsync(context, choices, cancellationToken);
        if (BudgetNames.Find(named, await session.AllAsync(cancellationToken)) is not { } budget)
        {
            await context.Error.WriteLineAsync($"There is no budget '{DisplayText.Clean(named)}'; 'farthing budget list' lists all.");
            return ExitCode.Failure;
        }

        await session.Desk.RemoveAsync(budget.Id, cancellationToken);
        if (choices.Json)
        {
            WriteRemoved(context.Out, budget);
        }
        else
        {
            await context.Error.WriteLineAsync($"Removed '{DisplayText.Clean(budget.Name)}'.");
        }

        return ExitCode.Success;
    }

    private static void WriteRemoved(TextWriter output, BudgetFigures budget)
    {
        var json = new JsonText();
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteStringValue(budget.Id);
        json.WritePropertyName("name");
        json.WriteStringValue(budget.Name);
        json.WriteEndObject();
        AnswerJson.Finish(output, json);
    }

    /// <summary>Whether a budget limits what was typed; a team whose id the key may not look up is known by its name, a model by its short one too.</summary>
    private static bool IsOf(BudgetFigures budget, string scope, string? id) => budget.Scope == scope && (budget.ScopeId == id || scope switch
    {
        "team" => string.Equals(budget.TeamName, id, StringComparison.OrdinalIgnoreCase),
        "model" => ShortModel.Of(budget.ScopeId ?? string.Empty) == id,
        _ => false,
    });

    private static Flag Json() => new("--json", "Answer in JSON: what the API answers.", "-j");

    private static FinopsChoices ChoicesOf(Uri? server, bool json) => new(server, Team: null, Since: null, Until: null, TimeZoneInfo.Utc, json);
}
