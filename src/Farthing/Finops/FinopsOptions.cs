using System.CommandLine;
using System.CommandLine.Parsing;
using Farthing.Domain.Usage;
using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>What was chosen on the command line of a question about spend.</summary>
/// <param name="Server">The server that is asked; null for this machine's store.</param>
/// <param name="Team">The team, by id or name; null for all.</param>
/// <param name="Since">The first day; null for what the question takes without one.</param>
/// <param name="Until">The last day; null for today.</param>
/// <param name="Zone">Whose days are meant.</param>
/// <param name="Json">Whether a program reads the answer.</param>
internal sealed record FinopsChoices(Uri? Server, string? Team, DateOnly? Since, DateOnly? Until, TimeZoneInfo Zone, bool Json)
{
    /// <summary>The id of the team; null until it was found, and for all.</summary>
    public string? TeamId { get; init; }

    /// <summary>Opens where the answers come from, the store after what is new in this machine's logs was imported.</summary>
    /// <param name="context">What commands are given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FinopsSource> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (Server is { } server)
        {
            return FinopsSource.Of(context, server);
        }

        var preparation = await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var ports = await context.OpenFinopsAsync(cancellationToken);
        return new(new StoreAnswers(ports, Zone, context), preparation, client: null);
    }

    /// <summary>These choices with the id of the team, or without one where whoever asks may not choose: they are told.</summary>
    /// <param name="context">What commands are given.</param>
    /// <param name="answers">Where teams are known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FinopsChoices> WithTeamAsync(CommandContext context, IFinopsAnswers answers, CancellationToken cancellationToken)
    {
        if (Team is not { } named)
        {
            return this;
        }

        var id = await answers.TeamAsync(named, cancellationToken);
        if (id is null)
        {
            await context.Error.WriteLineAsync("The key sees its own only, whatever --team says.");
        }

        return this with { Team = id is null ? null : named, TeamId = id };
    }

    /// <summary>Whose spend and when.</summary>
    /// <param name="usualSince">The first day where nobody says one; null for none.</param>
    public AskedSpend Ask(DateOnly? usualSince) => AskedSpend.Of(TeamId, Since ?? usualSince, Until, Zone);

    /// <summary>Today, in the zone whose days are meant.</summary>
    public DateOnly Today(TimeProvider time) => CalendarDays.DayOf(time.GetUtcNow(), Zone);
}

/// <summary>The options that questions about spend share. All are texts, because options of other types are compiled while the command starts.</summary>
internal sealed class FinopsOptions
{
    private readonly Option<string> since = Date("--since", "-s", "The first day, included: YYYY-MM-DD or YYYYMMDD.");
    private readonly Option<string> until = Date("--until", "-u", "The last day, included.");
    private readonly Option<string> team = new("--team") { Description = "Only this team, by its id or name.", HelpName = "TEAM" };
    private readonly ServerOption server = new();
    private readonly ZoneOption zone = new();
    private readonly Flag json = new("--json", "Answer in JSON: what the API answers.", "-j");

    /// <summary>Whether a first or last day was typed.</summary>
    public bool NamesDays(SymbolResult result) => ReportOptions.Typed(result, since) is not null || ReportOptions.Typed(result, until) is not null;

    /// <summary>Whether a team was typed.</summary>
    public bool NamesTeam(SymbolResult result) => ReportOptions.Typed(result, team) is not null;

    /// <summary>Whether a time zone was typed.</summary>
    public bool NamesZone(SymbolResult result) => ReportOptions.Typed(result, zone.Option) is not null;

    /// <summary>Whether a server was typed.</summary>
    public bool NamesServer(SymbolResult result) => ReportOptions.Typed(result, server.Option) is not null;

    /// <summary>Adds the options to a command, with the check that the days are in order.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[since, until, zone.Option, team, server.Option, json.Option])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (ReportOptions.TryParseDate(ReportOptions.Typed(result, since), out var first) && ReportOptions.TryParseDate(ReportOptions.Typed(result, until), out var last) && first > last)
            {
                result.AddError($"--since {first:yyyy-MM-dd} is later than --until {last:yyyy-MM-dd}.");
            }
        });
    }

    /// <summary>Reads the choices of a command line that was found valid.</summary>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public FinopsChoices Read(ParseResult parsed, CommandContext context) => new(
        server.Read(parsed),
        parsed.GetValue(team),
        ReportOptions.TryParseDate(parsed.GetValue(since), out var first) ? first : null,
        ReportOptions.TryParseDate(parsed.GetValue(until), out var last) ? last : null,
        zone.Read(parsed, context),
        json.IsSet(parsed));

    private static Option<string> Date(string name, string alias, string description)
    {
        var option = new Option<string>(name, alias) { Description = description, HelpName = "DATE" };
        option.Validators.Add(result => ReportOptions.Check(result, name, static text => ReportOptions.TryParseDate(text, out _), "a day as YYYY-MM-DD or YYYYMMDD"));
        return option;
    }
}
