using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Farthing.Domain.Forecasting;
using Farthing.Finops;
using Farthing.Reports;

namespace Farthing.Forecasting;

/// <summary>What is to be forecast, as it was typed.</summary>
/// <param name="Finops">Where the answer comes from, and which team.</param>
/// <param name="Days">How many days.</param>
/// <param name="IsLine">Whether Primer's line is meant.</param>
/// <param name="Scope"><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>.</param>
/// <param name="Id">Which one, as it was named; empty for the organisation.</param>
/// <param name="By">What its parts are; null for none.</param>
internal sealed record ForecastChoices(FinopsChoices Finops, int Days, bool IsLine, string Scope, string Id, string? By)
{
    /// <summary>The same, once the team was looked for: without one the forecast is of all that may be seen.</summary>
    public ForecastChoices With(FinopsChoices found) =>
        Scope == "team" && found.TeamId is null ? this with { Finops = found, Scope = "org", Id = string.Empty } : this with { Finops = found };
}

/// <summary>The options of a forecast.</summary>
internal sealed class ForecastOptions
{
    private const int UsualDays = 30;
    private const string Line = "ols";
    private const string Best = "auto";
    private const string Levels = "team, project, engineer or model";
    private readonly FinopsOptions finops = new();
    private readonly Option<string> days = new("--days", "-d") { Description = $"How many days, today included: 1 to {Forecaster.DaysMax}; {UsualDays} unless told.", HelpName = "N" };
    private readonly Option<string> method = new("--method") { Description = $"'{Best}', the forecast to act upon (unless told), or '{Line}', Primer's straight line.", HelpName = "METHOD" };
    private readonly Option<string> by = new("--by") { Description = $"Forecast the parts too: {Levels}.", HelpName = "DIMENSION" };
    private readonly Option<string> project = Only("--project", "Only this project, by its whole name.", "NAME");
    private readonly Option<string> engineer = Only("--engineer", "Only this engineer, by the id.", "ID");
    private readonly Option<string> model = Only("--model", "Only this model, as reports in JSON name it.", "NAME");

    /// <summary>Adds the options to a command, with the checks of what goes together.</summary>
    public void AddTo(Command command)
    {
        finops.AddTo(command);
        days.Validators.Add(static result => ReportOptions.Check(result, "--days", static text => TryParseDays(text, out _), $"a whole number from 1 to {Forecaster.DaysMax}"));
        method.Validators.Add(static result => ReportOptions.Check(result, "--method", static text => text is Line or Best, $"{Best} or {Line}"));
        by.Validators.Add(static result => ReportOptions.Check(result, "--by", static text => text is "team" or "project" or "engineer" or "model", Levels));
        foreach (var option in (Option[])[days, method, by, project, engineer, model])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (Conflict(result) is { } conflict)
            {
                result.AddError(conflict);
            }
        });
    }

    /// <summary>Reads the choices of a command line that was found valid.</summary>
    public ForecastChoices Read(ParseResult parsed, CommandContext context)
    {
        var choices = finops.Read(parsed, context);
        var (scope, id) = (choices.Team, parsed.GetValue(project), parsed.GetValue(engineer), parsed.GetValue(model)) switch
        {
            ({ } team, _, _, _) => ("team", team),
            (_, { } name, _, _) => ("project", name),
            (_, _, { } person, _) => ("engineer", person),
            (_, _, _, { } name) => ("model", name),
            _ => ("org", string.Empty),
        };
        return new(choices, TryParseDays(parsed.GetValue(days), out var count) ? count : UsualDays, parsed.GetValue(method) == Line, scope, id, parsed.GetValue(by));
    }

    private string? Conflict(CommandResult result)
    {
        var isLine = ReportOptions.Typed(result, method) == Line;
        var only = new[] { project, engineer, model }.Where(option => ReportOptions.Typed(result, option) is not null).Select(static option => option.Name).ToList();
        var scopes = finops.NamesTeam(result) ? [.. only, "--team"] : only;
        return true switch
        {
            _ when scopes.Count > 1 => $"{string.Join(" and ", scopes)} do not go together; a forecast is of one of them.",
            _ when isLine && only.Count + (ReportOptions.Typed(result, by) is null ? 0 : 1) > 0 => $"With --method {Line} a forecast is of everything or of a --team, and has no parts.",
            _ when !isLine && finops.NamesDays(result) => $"--since and --until go with --method {Line}; the forecast to act upon looks at the last year.",
            _ when !isLine && finops.NamesZone(result) && finops.NamesServer(result) => "A server forecasts the days of its own zone; --timezone does not go with --server.",
            _ => null,
        };
    }

    private static bool TryParseDays(string? text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= Forecaster.DaysMax;

    private static Option<string> Only(string name, string description, string helpName)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => ReportOptions.Check(result, name, static text => text.Length > 0, "a name"));
        return option;
    }
}
