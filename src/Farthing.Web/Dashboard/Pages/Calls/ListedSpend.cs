using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Calls;

/// <summary>The spend that a list is about.</summary>
/// <param name="Address">What its address says.</param>
/// <param name="Query">The same within the caller's scope.</param>
/// <param name="At">When it was asked.</param>
public sealed record ChosenSpend(SpendAddress Address, SpendQuery Query, DateTimeOffset At);

/// <summary>Turns the address of a list into what its caller may read: the one place where lists look at the caller.</summary>
internal sealed class ListedSpend(Caller caller, SpendCalendar calendar, FilterChoices choices, TimeProvider time)
{
    /// <summary>What the caller may touch.</summary>
    public Scope Within => ScopeRules.Of(caller);

    /// <summary>The spend of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isWhole">Whether all history is meant where the address names no days.</param>
    public ChosenSpend Of(HttpRequest request, bool isWhole = false)
    {
        var address = SpendAddress.Read(request.Query);
        var (first, last) = address.Span.DaysAt(calendar.Today);
        var hasDays = !isWhole || request.Query.ContainsKey("range") || request.Query.ContainsKey("from");
        var query = new SpendQuery { Within = Within, Zone = calendar.Zone, ByDay = false, Only = address.Filters };
        return new(address, hasDays ? query with { Since = first, Until = last } : query, time.GetUtcNow());
    }

    /// <summary>What the caller can filter by.</summary>
    public Task<IReadOnlyList<SpendValue>> ValuesAsync(CancellationToken cancellationToken) => choices.ReadAsync(Within, cancellationToken);

    /// <summary>The same with what it is called.</summary>
    public Task<ILookup<SpendDimension, FilterChoice>> ChoicesAsync(IReadOnlyList<SpendValue> found, DimensionNames names, CancellationToken cancellationToken) =>
        choices.NameAsync(found, Within, names, cancellationToken);
}
