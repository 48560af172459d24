using Farthing.Domain.Usage;
using Farthing.Web.Api;
using Farthing.Workflows.Access;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;

namespace Farthing.Finops;

/// <summary>Answers from the store of the settings, with the use cases behind the API's endpoints. Whoever can open the store is its operator.</summary>
/// <param name="ports">The store.</param>
/// <param name="zone">Whose days are told.</param>
/// <param name="context">The clock, today's prices and the plans of the settings.</param>
internal sealed class StoreAnswers(FinopsPorts ports, TimeZoneInfo zone, CommandContext context) : IFinopsAnswers
{
    private const int TeamsMax = 10_000;

    private readonly TimeProvider time = context.Time;
    private readonly ISpendQueries spend = ports.IsShared ? ports.Spend : new OwnCalls(ports.Spend);
    private readonly SpendCalendar calendar = new(zone, context.Time);

    /// <summary>Who asks.</summary>
    public static Caller Operator { get; } = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    /// <inheritdoc/>
    public async Task<string?> TeamAsync(string named, CancellationToken cancellationToken)
    {
        var teams = await ports.Teams.ListAsync(ScopeRules.Of(Operator), new(TeamsMax, string.Empty), cancellationToken);
        return TeamNames.Find(named, [.. teams.Select(static team => (team.Id, team.Name))]);
    }

    /// <inheritdoc/>
    public async Task<byte[]> CacheAsync(AskedSpend asked, CancellationToken cancellationToken)
    {
        var range = RangeOf(asked);
        var report = await new AnalyzeCaching(spend, ports.Engineers).AnalyzeAsync(range, cancellationToken);
        return FinopsJson.Of(report, await new DiagnoseCaching(spend, time).DiagnoseAsync(range, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<byte[]> PlansAsync(AskedSpend asked, string? provider, CancellationToken cancellationToken)
    {
        var plans = context.Settings.ReadPlans();
        if (provider is not null && !plans.Knows(provider))
        {
            throw new SettingsException($"No plans of '{provider}' are known; known are those of: {string.Join(", ", plans.Providers)}. {Settings.PlanTiersName} names a file of more.");
        }

        var prices = context.OpenPrices();
        var range = RangeOf(asked) with { WentTo = provider is null ? null : new(prices, provider) };
        var costs = new ModelCosts(spend, new ReportedJudgements(ports.Sessions), ports.Engineers, plans, prices, time);
        return FinopsJson.Of(await costs.ModelBothAsync(range, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<byte[]> LineAsync(AskedSpend asked, int days, CancellationToken cancellationToken) =>
        FinopsJson.OfLine(await new ForecastSpend(spend, calendar).ForecastAsync(new() { Range = RangeOf(asked), Days = days }, cancellationToken));

    /// <inheritdoc/>
    public async Task<byte[]> ForecastAsync(AskedForecast asked, CancellationToken cancellationToken)
    {
        var level = LevelOf(asked.Scope);
        var request = new ScopeRequest
        {
            Within = ScopeRules.Of(Operator, level == ForecastLevel.Team ? asked.Id : null),
            Level = level,
            Id = asked.Id,
            By = asked.By is { } by ? LevelOf(by) : null,
            Days = asked.Days,
        };
        var forecasts = new ForecastScopes(spend, calendar, new(ports.Teams, ports.Engineers, ports.Keys));
        return FinopsJson.Of(await forecasts.ForecastAsync(request, cancellationToken), asked.Scope, asked.Id, zone);
    }

    private SpendRange RangeOf(AskedSpend asked) => new() { Within = ScopeRules.Of(Operator, asked.Team), Zone = zone, From = asked.From, To = asked.To };

    private static ForecastLevel LevelOf(string word) => word switch
    {
        "team" => ForecastLevel.Team,
        "project" => ForecastLevel.Project,
        "engineer" => ForecastLevel.Engineer,
        "model" => ForecastLevel.Model,
        _ => ForecastLevel.Org,
    };
}
