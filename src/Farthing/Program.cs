using Farthing;
using Farthing.Commands;

await using var host = Host.OfThisProcess();
return await CommandLine.RunAsync(args, host.Context, HomeCommand.Create, Commands);

internal partial class Program
{
    /// <summary>Every command: one line each.</summary>
    internal static IReadOnlyList<CommandEntry> Commands { get; } =
    [
        new("daily", DailyCommand.Create),
        new("weekly", WeeklyCommand.Create),
        new("monthly", MonthlyCommand.Create),
        new("session", SessionCommand.Create),
        new("explain", ExplainCommand.Create),
        new("compare", CompareCommand.Create),
        new("prices", PricesCommand.Create),
        new("blocks", BlocksCommand.Create),
        new("statusline", StatuslineCommand.Create, NeverFails: true),
        new("cache", CacheCommand.Create),
        new("plans", PlansCommand.Create),
        new("forecast", ForecastCommand.Create),
        new("budget", BudgetCommand.Create),
        new("credits", CreditsCommand.Create),
        new("usage", UsageCommand.Create),
        new("ledger", LedgerCommand.Create),
        new("import", ImportCommand.Create),
        new("up", UpCommand.Create),
        new("serve", ServeCommand.Create),
        new("keys", KeysCommand.Create),
    ];
}
