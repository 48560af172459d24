using System.CommandLine;
using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Reports;
using Farthing.Workflows.Billing;

namespace Farthing.Crediting;

/// <summary>The options of <c>farthing usage</c>; all are texts, as those of reports.</summary>
internal sealed class UsageOptions
{
    private const int PageMax = 1_000_000;
    private readonly Flag today = new("--today", "Since local midnight; the default outside of a session.");
    private readonly Flag month = new("--month", "The billing month so far.");
    private readonly Option<string> plan = new("--plan") { Description = "Only this plan; of all time unless --today or --month is given, too.", HelpName = "NAME" };
    private readonly Flag log = new("--log", "List the transactions, the newest first.");
    private readonly Flag debits = new("--debits", "List only what was taken.");
    private readonly Flag purchases = new("--purchases", "List only what was given.");
    private readonly Option<string> pageSize = NumberOption("--page-size", "-s", "Transactions on a page of the list; 100 unless told.", UsageLogRequest.PageSizeMax);
    private readonly Option<string> page = NumberOption("--page", "-p", "Which page of the list; 1 unless told.", PageMax);
    private readonly WalletOptions whose = new();
    private readonly ZoneOption zone = new();
    private readonly Flag json = new("--json", "Answer in JSON.", "-j");

    /// <summary>Adds the options to a command, with the checks of what excludes each other.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[today.Option, month.Option, plan, log.Option, debits.Option, purchases.Option, pageSize, page, zone.Option, json.Option])
        {
            command.Options.Add(option);
        }

        whose.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(today.Option) is not null && result.GetResult(month.Option) is not null)
            {
                result.AddError("--today and --month exclude each other.");
            }

            if (result.GetResult(debits.Option) is not null && result.GetResult(purchases.Option) is not null)
            {
                result.AddError("--debits and --purchases exclude each other; without either all transactions are listed.");
            }
        });
    }

    /// <summary>Reads the choices of a command line that was found valid.</summary>
    /// <exception cref="SettingsException">The settings name a time zone that does not exist.</exception>
    public UsageChoices Read(ParseResult parsed, CommandContext context)
    {
        var clock = zone.Read(parsed, context);
        var now = CalendarDays.DayOf(context.Time.GetUtcNow(), clock);
        var span = SpanOf(parsed, context.Settings.Session);
        bool? taken = debits.IsSet(parsed) ? true : purchases.IsSet(parsed) ? false : null;
        return new()
        {
            Scope = new()
            {
                Org = whose.Org(parsed),
                Zone = clock,
                Since = span == UsageSpan.Today ? now : span == UsageSpan.Month ? new DateOnly(now.Year, now.Month, 1) : null,
                Session = span == UsageSpan.Session ? context.Settings.Session : null,
                Plan = parsed.GetValue(plan),
            },
            Span = span,
            Wallet = whose.Wallet(parsed),
            // What only a list has asks for the list.
            Log = log.IsSet(parsed) || taken is not null || parsed.GetValue(page) is not null || parsed.GetValue(pageSize) is not null,
            Debits = taken,
            Page = NumberOf(parsed.GetValue(page), PageMax) ?? 1,
            PageSize = NumberOf(parsed.GetValue(pageSize), UsageLogRequest.PageSizeMax) ?? 100,
            Json = json.IsSet(parsed),
        };
    }

    /// <summary>Reads a whole number from 1 to a bound; null when it is none.</summary>
    public static int? NumberOf(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private UsageSpan SpanOf(ParseResult parsed, string? session) => this switch
    {
        _ when today.IsSet(parsed) => UsageSpan.Today,
        _ when month.IsSet(parsed) => UsageSpan.Month,
        _ when parsed.GetValue(plan) is not null => UsageSpan.Ever,
        _ when session is not null => UsageSpan.Session,
        _ => UsageSpan.Today,
    };

    private static Option<string> NumberOption(string name, string alias, string description, int most)
    {
        var option = new Option<string>(name, alias) { Description = description, HelpName = "N" };
        option.Validators.Add(result => ReportOptions.Check(result, name, text => NumberOf(text, most) is not null, $"a whole number from 1 to {most}"));
        return option;
    }
}
