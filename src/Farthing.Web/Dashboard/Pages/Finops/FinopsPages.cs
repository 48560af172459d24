using Farthing.Domain.Pricing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Farthing.Workflows.Analytics;
using Farthing.Workflows.Caching;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>The pages of finops: each shows what one or two workflows tell.</summary>
internal static class FinopsPages
{
    private const string Title = "FinOps";
    private const string EngineersAnchor = "#engineers";
    private const int ForecastDays = 30;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/finops", OverviewAsync).WithName("ReadOverviewPage").OpenToBrowsers().Reads([.. DaySpan.Words, .. WorkflowPair.Words, AddressWord.Of("work", static value => value == "all")]);
        routes.MapGet("/finops/cache", CacheAsync).WithName("ReadCachePage").OpenToBrowsers().Reads([.. DaySpan.Words, TablePages.Word]);
        routes.MapGet(SavingsAddress.Path, SavingsAsync).WithName("ReadSavingsPage").OpenToBrowsers().Reads(SavingsAddress.Words);
        routes.MapGet("/finops/modeling", ModelingAsync).WithName("ReadModelingPage").OpenToBrowsers(RoleSets.OverOthers).Reads(
        [
            .. DaySpan.Words,
            TablePages.Word,
            AddressWord.Of("mode", static value => Enum.GetValues<PlanMode>().Any(mode => FinopsText.Word(mode) == value)),
            new("provider", static (value, request) => request.HttpContext.RequestServices.GetRequiredService<PlanCatalog>().Knows(value)),
        ]);
        routes.MapGet("/finops/forecast", ForecastAsync).WithName("ReadForecastPage").OpenToBrowsers();
        BudgetPages.Map(routes);
    }

    private static async Task<IResult> OverviewAsync(
        HttpRequest request, FinopsRange range, AnalyzeCosts costs, MeasureProductivity productivity, AnalyzeCaching caching, NewestCall newest, CancellationToken cancellationToken)
    {
        var chosen = range.Of(request);
        var newestAt = newest.AtAsync(chosen.Range.Within, cancellationToken);
        var sessions = costs.ReadSessionsAsync(chosen.Range, cancellationToken);
        var counted = productivity.CountAsync(chosen.Range, cancellationToken);
        var spend = await caching.ReadAsync(chosen.Range, cancellationToken);
        var report = AnalyzeCosts.Conclude(spend, await sessions);
        return new PageResult<OverviewPage>(Title)
            .With("Chosen", chosen)
            .With("NewestAt", await newestAt)
            .With("Report", report)
            .With("Compared", WorkflowPair.Of(request.Query, report.Workflows))
            .With("HasAllWork", request.Query["work"] is ["all"])
            .With("Sessions", MeasureProductivity.Conclude(chosen.Range, spend, await counted))
            .With("Caching", CachingReport.Of(spend));
    }

    private static async Task<IResult> CacheAsync(HttpRequest request, FinopsRange range, AnalyzeCaching caching, NewestCall newest, CancellationToken cancellationToken)
    {
        var chosen = range.Of(request);
        var newestAt = newest.AtAsync(chosen.Range.Within, cancellationToken);
        var report = await caching.AnalyzeAsync(chosen.Range, cancellationToken);
        return new PageResult<CachePage>(Title)
            .With("Chosen", chosen)
            .With("NewestAt", await newestAt)
            .With("Report", report)
            .With("Engineers", request.PageOf(report.Engineers.Engineers, EngineersAnchor));
    }

    private static async Task<IResult> SavingsAsync(HttpRequest request, FinopsRange range, AnalyzeCaching caching, CancellationToken cancellationToken)
    {
        var (chosen, address) = (range.Of(request), SavingsAddress.Read(request.Query));
        var report = await caching.AnalyzeAsync(chosen.Range, cancellationToken);
        return new PageResult<SavingsPage>(Title)
            .With("Chosen", chosen)
            .With("Address", address)
            .With("BuildUp", SavingsBuildUp.Of(report, address.Engineer, address.Model))
            .With("EngineerName", address.Engineer is { } engineer ? report.Reading.Names[engineer] : string.Empty);
    }

    private static async Task<IResult> ModelingAsync(
        HttpRequest request, FinopsRange range, PlanCatalog plans, Rater rater, ModelCosts costs, NewestCall newest, CancellationToken cancellationToken)
    {
        var chosen = range.Of(request);
        var newestAt = newest.AtAsync(chosen.Range.Within, cancellationToken);
        var mode = request.Query["mode"] is ["cheapest"] ? PlanMode.Cheapest : PlanMode.Band;
        var provider = request.Query["provider"] is [{ } asked] && plans.Knows(asked) ? new ProviderCalls(rater, asked) : null;
        var model = await costs.ModelAsync(chosen.Range with { WentTo = provider }, mode, cancellationToken);
        var engineers = model.Fit.Engineers.OrderByDescending(static fit => fit.Savings).ThenBy(static fit => fit.Engineer.Name, StringComparer.Ordinal).ToList();
        return new PageResult<ModelingPage>(Title)
            .With("Chosen", chosen)
            .With("NewestAt", await newestAt)
            .With("Providers", plans.Providers)
            .With("Model", model)
            .With("Engineers", request.PageOf(engineers, EngineersAnchor));
    }

    private static async Task<IResult> ForecastAsync(FinopsRange range, ForecastSpend forecast, ForecastMonth month, NewestCall newest, CancellationToken cancellationToken)
    {
        var chosen = range.Of("365d");
        var newestAt = newest.AtAsync(chosen.Range.Within, cancellationToken);
        var heading = month.ForecastAsync(chosen.Range.Within, cancellationToken);
        return new PageResult<ForecastPage>(Title)
            .With("Chosen", chosen)
            .With("Report", await forecast.ForecastAsync(new() { Range = chosen.Range, Days = ForecastDays }, cancellationToken))
            .With("Heading", await heading)
            .With("NewestAt", await newestAt);
    }
}
