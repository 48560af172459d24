using System.CommandLine;
using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Budgeting;

/// <summary>The options of <c>farthing budget set</c>.</summary>
internal sealed class BudgetOptions
{
    private const decimal AmountMax = 1_000_000_000;
    private const int AmountDecimals = 12;
    private static readonly string Named = $"a text of 1 to {AccessTexts.LengthMax} characters";
    private readonly Argument<string> name = new("NAME") { Description = "What the budget is called, or its id." };
    private readonly Argument<string?> amount = new("DOLLARS") { Description = "What may be spent in a window; needed for a new budget.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> period = new("--period") { Description = $"For how long: {BudgetWords.AllPeriods}; monthly unless told.", HelpName = "PERIOD" };
    private readonly Option<string> team = new("--team") { Description = "Limits this team, by its id or name; without a scope everything.", HelpName = "TEAM" };
    private readonly Option<string> project = new("--project") { Description = "Limits this project, by its whole name.", HelpName = "NAME" };
    private readonly Option<string> engineer = new("--engineer") { Description = "Limits this engineer, by the id.", HelpName = "ID" };
    private readonly Option<string> model = new("--model") { Description = "Limits this model, as reports name it.", HelpName = "NAME" };
    private readonly Option<string> key = new("--key") { Description = "Limits what is told by this API key, by its id.", HelpName = "ID" };
    private readonly Option<string> owner = new("--owner") { Description = "Who answers for it.", HelpName = "TEXT" };
    private readonly Option<string> alert = new("--alert") { Description = "Above how many percent it is a warning: 0 to 100; 80 unless told.", HelpName = "PERCENT" };
    private readonly Option<string> thresholds = new("--thresholds") { Description = "At how many percent to tell people: 50,80,100; the alert and 100 unless told.", HelpName = "LIST" };
    private readonly ZoneOption zone = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        name.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && !IsName(typed.Value))
            {
                result.AddError($"A budget's name is {Named}.");
            }
        });
        amount.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Amount(result.Tokens[0].Value) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' is no amount of dollars; expected is a number above 0 and at most {AmountMax:0}, such as 250 or 99.50.");
            }
        });
        period.Validators.Add(static result => ReportOptions.Check(result, "--period", static text => BudgetWords.Period(text) is not null, BudgetWords.AllPeriods));
        alert.Validators.Add(static result => ReportOptions.Check(result, "--alert", static text => Percents(text) is [<= 100], "a whole number from 0 to 100"));
        thresholds.Validators.Add(static result => ReportOptions.Check(
            result, "--thresholds", static text => Percents(text) is { Count: <= BudgetRules.ThresholdsMax }, $"up to {BudgetRules.ThresholdsMax} whole numbers from 0 to {BudgetRules.ThresholdMax}, such as 50,80,100"));
        foreach (var option in (Option<string>[])[team, project, engineer, model, key])
        {
            option.Validators.Add(result => ReportOptions.Check(
                result, option.Name, IsName, Named));
        }

        command.Arguments.Add(name);
        command.Arguments.Add(amount);
        foreach (var option in (Option[])[period, team, project, engineer, model, key, owner, alert, thresholds, zone.Option])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            var scopes = new[] { team, project, engineer, model, key }.Where(option => ReportOptions.Typed(result, option) is not null).Select(static option => option.Name).ToList();
            if (scopes.Count > 1)
            {
                result.AddError($"{string.Join(" and ", scopes)} do not go together; a budget limits one of them.");
            }
        });
    }

    /// <summary>The name or id.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(name);

    /// <summary>The scope that was typed, in the API's words, and which one; null for none.</summary>
    public async Task<(string? Scope, string? Id)> ScopeAsync(ParseResult parsed, BudgetSession session, CancellationToken cancellationToken) =>
        (await session.TeamAsync(parsed.GetValue(team), cancellationToken), parsed.GetValue(project), parsed.GetValue(engineer), parsed.GetValue(model), parsed.GetValue(key)) switch
        {
            ({ } named, _, _, _, _) => ("team", named),
            (_, { } named, _, _, _) => ("project", named),
            (_, _, { } named, _, _) => ("engineer", named),
            (_, _, _, { } named, _) => ("model", named),
            (_, _, _, _, { } named) => ("api_key", named),
            _ => (null, null),
        };

    /// <summary>What shall be, without a name: of a budget that is there.</summary>
    public BudgetWish Change(ParseResult parsed) => new()
    {
        Amount = Amount(parsed.GetValue(amount)),
        Period = parsed.GetValue(period),
        Owner = parsed.GetValue(owner),
        Alert = Percents(parsed.GetValue(alert))?[0],
        Thresholds = Percents(parsed.GetValue(thresholds)),
        Zone = parsed.GetValue(zone.Option),
    };

    /// <summary>What shall be, of a new budget: its days are those of reports. Without a scope it limits everything that may be seen.</summary>
    public async Task<BudgetWish> NewAsync(ParseResult parsed, CommandContext context, BudgetSession session, CancellationToken cancellationToken)
    {
        var (scope, id) = await ScopeAsync(parsed, session, cancellationToken);
        return Change(parsed) with { Name = Name(parsed), Scope = scope, ScopeId = id, Zone = zone.Read(parsed, context).Id };
    }

    private static bool IsName(string text) => text.Length <= AccessTexts.LengthMax && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    private static decimal? Amount(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars)
        && dollars is > 0 and <= AmountMax && decimal.Round(dollars, AmountDecimals) == dollars
            ? dollars
            : null;

    private static List<int>? Percents(string? text)
    {
        var percents = new List<int>();
        foreach (var part in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) || percent > BudgetRules.ThresholdMax)
            {
                return null;
            }

            percents.Add(percent);
        }

        return percents.Count > 0 ? percents : null;
    }
}
