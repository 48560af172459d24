using Farthing.Domain.Pricing;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Prices;

/// <summary>Which prices are asked for.</summary>
/// <param name="Text">What their key, name or ids contain; empty for all.</param>
/// <param name="Provider">Only this provider; empty for all.</param>
/// <param name="After">The key in front of the page; empty on the first one.</param>
public sealed record PriceFilter(string Text, string Provider, string After)
{
    /// <summary>Whether not all are asked for.</summary>
    public bool IsNarrow => Text.Length > 0 || Provider.Length > 0;

    /// <summary>The query of an address that means the same, going on behind a key.</summary>
    public string Query(string after) => QueryString.Create(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = Text, ["provider"] = Provider, ["after"] = after }.Where(static part => part.Value is { Length: > 0 })).ToString();
}

/// <summary>The catalog that prices calls here, what changed in it, and what was called and is not in it.</summary>
internal static class PricesPages
{
    private const string Path = "/prices";
    private const int PageSize = 50;
    private const int ChangesMax = 12;
    private const int UnpricedDays = 365;
    private const int UsedDays = 30;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadPricesPage").OpenToBrowsers();
        routes.MapGet(Path + "/{provider}/{**model}", Show).WithName("ReadPricePage").OpenToBrowsers();
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, Caller caller, Rater rater, FindUnpriced unpriced, FindUsedPrices uses, SpendCalendar calendar, TimeProvider time, CancellationToken cancellationToken)
    {
        var (filter, now, catalog, within) = (FilterOf(request), time.GetUtcNow(), rater.Catalog, ScopeRules.Of(caller));
        var finding = unpriced.FindAsync(within, calendar.Zone, calendar.Today.AddDays(1 - UnpricedDays), cancellationToken);
        var reading = uses.FindAsync(within, calendar.Zone, calendar.Today.AddDays(1 - UsedDays), cancellationToken);
        await Task.WhenAll(finding, reading);
        var found = FindPrices.List(catalog, NullIfEmpty(filter.Provider), NullIfEmpty(filter.Text), now);
        var used = await reading;
        var inUse = used.Select(static use => use.Row.Key).ToHashSet(StringComparer.Ordinal);
        var listed = filter.IsNarrow ? found : [.. found.Where(price => !inUse.Contains(price.Row.Key))];
        var behind = listed.Where(price => string.CompareOrdinal(price.Row.Key, filter.After) > 0).Take(PageSize + 1).ToList();
        return new PageResult<PricesPage>("Prices")
            .With("Catalog", catalog)
            .With("Filter", filter)
            .With("Used", used)
            .With("UsedDays", UsedDays)
            .With("Shown", behind.Take(PageSize).ToList())
            .With("Count", listed.Count)
            .With("Next", behind.Count > PageSize ? behind[PageSize - 1].Row.Key : null)
            .With("Changes", PriceChanges.Latest(catalog, ChangesMax))
            .With("Unpriced", await finding)
            .With("At", now);
    }

    private static IResult Show(string provider, string? model, Rater rater, TimeProvider time)
    {
        var key = $"{provider}/{model}";
        var found = FindPrices.Of(rater.Catalog, key);
        return found.Row is { } row && string.Equals(row.Key, key, StringComparison.OrdinalIgnoreCase)
            ? new PageResult<PricePage>(row.Key).With("Row", row).With("Others", found.Others).With("At", time.GetUtcNow())
            : PageAnswers.Refuse(Problem.NotFound("price"));
    }

    private static PriceFilter FilterOf(HttpRequest request) => new(TextOf(request, "q"), TextOf(request, "provider"), TextOf(request, "after"));

    private static string TextOf(HttpRequest request, string name) => request.Query[name] is [{ Length: <= WebLimits.TextLengthMax } text] ? text.Trim() : string.Empty;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
