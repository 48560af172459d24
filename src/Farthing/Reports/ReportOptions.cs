using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>What was chosen on the command line of a report.</summary>
/// <param name="Spend">Which spend.</param>
/// <param name="By">What lines are split by; null for not at all.</param>
/// <param name="Json">Whether a program reads the answer.</param>
/// <param name="Breakdown">Whether every line is also shown by model.</param>
internal sealed record ReportChoices(SpendQuery Spend, SpendDimension? By, bool Json, bool Breakdown)
{
    /// <summary>The time zone whose days are meant.</summary>
    public TimeZoneInfo Zone => Spend.Zone;
}

/// <summary>The options that all reports share. All are texts, because options of other types are compiled while the command starts.</summary>
internal sealed class ReportOptions
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyyMMdd"];
    private readonly Option<string> since = DateOption("--since", "-s", "The first day, included: YYYY-MM-DD or YYYYMMDD.");
    private readonly Option<string> until = DateOption("--until", "-u", "The last day, included.");
    private readonly AgentOption agent = new("Only this agent: claude, codex, gemini, opencode …; or all.", allowsAll: true);
    private readonly Option<string> project = new("--project") { Description = "Only projects whose path contains this text.", HelpName = "TEXT" };
    private readonly Option<string> by = new("--by") { Description = "Split every line: model, project, agent, branch or session.", HelpName = "DIMENSION" };
    private readonly Flag byAgent = new("--by-agent", "The same as --by agent.");
    private readonly Flag breakdown = new("--breakdown", "Show every line by model, too.", "-b");
    private readonly Flag json = new("--json", "Answer in JSON.", "-j");
    private readonly Flag offline = new("--offline", "Never go online. Reports never do; accepted for scripts.", "-O");
    private readonly ZoneOption zone = new();

    /// <summary>Adds the options to a command, with the check that the days are in order.</summary>
    public void AddTo(Command command)
    {
        by.Validators.Add(static result => Check(result, "--by", static text => TryParseDimension(text, out _), "model, project, agent, branch or session"));
        foreach (var option in (Option[])[since, until, zone.Option, by, byAgent.Option, agent.Option, project, breakdown.Option, json.Option, offline.Option])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (TryParseDate(Typed(result, since), out var first) && TryParseDate(Typed(result, until), out var last) && first > last)
            {
                result.AddError($"--since {first:yyyy-MM-dd} is later than --until {last:yyyy-MM-dd}.");
            }
        });
    }

    /// <summary>Reads the choices of a command line that was found valid.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">Where the settings are.</param>
    /// <param name="usualAgent">The agent that is meant when none is named; null for all.</param>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public ReportChoices Read(ParseResult parsed, CommandContext context, string? usualAgent = null)
    {
        var spend = new SpendQuery
        {
            Since = TryParseDate(parsed.GetValue(since), out var first) ? first : null,
            Until = TryParseDate(parsed.GetValue(until), out var last) ? last : null,
            Zone = zone.Read(parsed, context),
            Agent = agent.Read(parsed, usualAgent),
            Project = parsed.GetValue(project),
        };
        SpendDimension? dimension = TryParseDimension(parsed.GetValue(by), out var chosen) ? chosen : null;
        if (byAgent.IsSet(parsed))
        {
            dimension ??= SpendDimension.Agent;
        }

        return new(spend, dimension, json.IsSet(parsed), breakdown.IsSet(parsed));
    }

    /// <summary>Reads a day.</summary>
    public static bool TryParseDate(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>
    /// What was typed for an option, for checks of what goes together, which run before a missing or doubled value is
    /// refused; null when nothing was, or not one value.
    /// </summary>
    public static string? Typed(SymbolResult result, Option<string> option) => result.GetResult(option) is { Tokens: [var only] } ? only.Value : null;

    /// <summary>Refuses a value that is not one of what is expected.</summary>
    public static void Check(OptionResult result, string name, Func<string, bool> isValid, string expected)
    {
        if (result.Tokens.Count == 1 && !isValid(result.Tokens[0].Value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is not a value of {name}; expected is {expected}.");
        }
    }

    private static Option<string> DateOption(string name, string alias, string description)
    {
        var option = new Option<string>(name, alias) { Description = description, HelpName = "DATE" };
        option.Validators.Add(result => Check(result, name, static text => TryParseDate(text, out _), "a day as YYYY-MM-DD or YYYYMMDD"));
        return option;
    }

    private static bool TryParseDimension(string? text, out SpendDimension dimension)
    {
        var found = text switch
        {
            "agent" => SpendDimension.Agent,
            "model" => SpendDimension.Model,
            "project" => SpendDimension.Project,
            "branch" => SpendDimension.Branch,
            "session" => SpendDimension.Session,
            _ => (SpendDimension?)null,
        };
        dimension = found ?? default;
        return found is not null;
    }
}
