using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>The explorer: spend by whatever somebody wants to see it by, and the same as files.</summary>
internal static class ExplorerPages
{
    private const string Title = "Explorer";

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ExplorerAddress.Path, ShowAsync).WithName("ReadExplorerPage").OpenToBrowsers().Reads(ExplorerAddress.Words);
        ViewPages.Map(routes);
        routes.MapGet(BridgeAddress.Path, CompareAsync).WithName("ReadBridgePage").OpenToBrowsers().Reads(BridgeAddress.Words);
        routes.MapGet(BridgeAddress.Path + ".csv", ExportBridgeCsvAsync).WithName("ReadBridgeCsv").OpenToBrowsers();
        routes.MapGet(BridgeAddress.Path + ".json", ExportBridgeJsonAsync).WithName("ReadBridgeJson").OpenToBrowsers();
        routes.MapGet(ExplorerAddress.Path + ".csv", ExportCsvAsync).WithName("ReadExplorerCsv").OpenToBrowsers();
        routes.MapGet(ExplorerAddress.SeriesPath, ExportSeriesAsync).WithName("ReadExplorerSeriesCsv").OpenToBrowsers();
        routes.MapGet(ExplorerAddress.Path + ".json", ExportJsonAsync).WithName("ReadExplorerJson").OpenToBrowsers();
    }

    /// <summary>Adds its workflows.</summary>
    public static IServiceCollection AddExplorer(this IServiceCollection services) => services.AddSingleton<ExploreSpend>().AddSingleton<BridgeSpend>().AddSingleton<FilterChoices>().AddSingleton<FindTyped>().AddSingleton<ManageViews>();

    private static async Task<IResult> ShowAsync(
        HttpRequest request, Caller caller, ExploreSpend explore, NewestCall newest, FilterChoices choices, FindTyped typed, SpendCalendar calendar, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Query.ContainsKey(SpendAddress.FormField))
        {
            return PageAnswers.SeeOther(await TypedFilter.LeadAsync(request, ScopeRules.Of(caller), typed, static fields => ExplorerAddress.ReadForm(fields).Link, cancellationToken));
        }

        var address = ExplorerAddress.Read(request.Query);
        var asked = address.ToRequest(caller, calendar.Today);
        var newestAt = newest.AtAsync(asked.Within, cancellationToken);
        var offered = choices.ReadAsync(asked.Within, cancellationToken);
        var view = await explore.ExploreAsync(asked, cancellationToken);
        return new PageResult<ExplorerPage>(Title)
            .With("State", address)
            .With("View", view)
            .With("Choices", await choices.NameAsync(await offered, asked.Within, view.Names, cancellationToken))
            .With("At", time.GetUtcNow())
            .With("NewestAt", await newestAt);
    }

    private static async Task<IResult> CompareAsync(
        HttpRequest request, Caller caller, BridgeSpend bridge, FilterChoices choices, FindTyped typed, SpendCalendar calendar, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Query.ContainsKey(SpendAddress.FormField))
        {
            return PageAnswers.SeeOther(await TypedFilter.LeadAsync(request, ScopeRules.Of(caller), typed, static fields => BridgeAddress.ReadForm(fields).Link, cancellationToken));
        }

        var address = BridgeAddress.Read(request.Query);
        var asked = address.ToRequest(caller, calendar.Today);
        var offered = choices.ReadAsync(asked.After.Within, cancellationToken);
        var report = await bridge.CompareAsync(asked, cancellationToken);
        return new PageResult<BridgePage>(Title)
            .With("State", address)
            .With("Report", report)
            .With("Choices", await choices.NameAsync(await offered, asked.After.Within, report.Names, cancellationToken))
            .With("At", time.GetUtcNow());
    }

    private static async Task<IResult> ExportCsvAsync(HttpContext context, Caller caller, ExploreSpend explore, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var view = await ReadAsync(context, caller, explore, calendar, "csv", cancellationToken);
        return TypedResults.Text(ExplorerCsv.Write(view), "text/csv; charset=utf-8");
    }

    private static async Task<IResult> ExportSeriesAsync(HttpContext context, Caller caller, ExploreSpend explore, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var view = await ReadAsync(context, caller, explore, calendar, "csv", cancellationToken, "over-time-");
        return TypedResults.Text(SeriesCsv.Write(view), "text/csv; charset=utf-8");
    }

    private static async Task<IResult> ExportJsonAsync(HttpContext context, Caller caller, ExploreSpend explore, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var view = await ReadAsync(context, caller, explore, calendar, "json", cancellationToken);
        return TypedResults.Bytes(ExplorerJson.Write(view, calendar.Zone), "application/json");
    }

    private static async Task<IResult> ExportBridgeCsvAsync(HttpContext context, Caller caller, BridgeSpend bridge, SpendCalendar calendar, CancellationToken cancellationToken) =>
        TypedResults.Text(BridgeCsv.Write(await ReadAsync(context, caller, bridge, calendar, "csv", cancellationToken)), "text/csv; charset=utf-8");

    private static async Task<IResult> ExportBridgeJsonAsync(HttpContext context, Caller caller, BridgeSpend bridge, SpendCalendar calendar, CancellationToken cancellationToken) =>
        TypedResults.Bytes(BridgeJson.Write(await ReadAsync(context, caller, bridge, calendar, "json", cancellationToken), calendar.Zone), "application/json");

    private static Task<BridgeReport> ReadAsync(
        HttpContext context, Caller caller, BridgeSpend bridge, SpendCalendar calendar, string kind, CancellationToken cancellationToken)
    {
        var request = BridgeAddress.Read(context.Request.Query).ToRequest(caller, calendar.Today);
        NameFile(context, $"farthing-change-{DaySpan.Iso(request.BeforeFirst)}-{DaySpan.Iso(request.After.Last)}.{kind}");
        return bridge.CompareAsync(request, cancellationToken);
    }

    private static Task<Exploration> ReadAsync(
        HttpContext context, Caller caller, ExploreSpend explore, SpendCalendar calendar, string kind, CancellationToken cancellationToken, string what = "")
    {
        var request = ExplorerAddress.Read(context.Request.Query).ToRequest(caller, calendar.Today);
        NameFile(context, $"farthing-{what}{DaySpan.Iso(request.First)}-{DaySpan.Iso(request.Last)}.{kind}");
        return explore.ExploreAsync(request, cancellationToken);
    }

    private static void NameFile(HttpContext context, string name) => context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
}
