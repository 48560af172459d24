using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>A span that was chosen, and the spend that it means for whoever asks.</summary>
/// <param name="Span">The span.</param>
/// <param name="Range">The spend within the caller's scope.</param>
/// <param name="At">When it was asked.</param>
public sealed record ChosenRange(DaySpan Span, SpendRange Range, DateTimeOffset At)
{
    private const int EvenDaysMax = TimeGrains.PeriodsMax;

    /// <summary>The day that was running.</summary>
    public DateOnly Today => CalendarDays.DayOf(At, Range.Zone);

    /// <summary>The days of a chart in their order: of the span up to today none is left out, but of a longer one those before its last <see cref="EvenDaysMax"/> that nothing is known of.</summary>
    /// <param name="known">The days of which something is known.</param>
    public IReadOnlyList<DateOnly> DaysWith(IEnumerable<DateOnly> known)
    {
        var (first, last) = Span.DaysAt(Today);
        last = last < Today ? last : Today;
        var from = first < last.AddDays(1 - EvenDaysMax) ? last.AddDays(1 - EvenDaysMax) : first;
        return [.. Enumerable.Range(0, Math.Max(last.DayNumber - from.DayNumber + 1, 0)).Select(from.AddDays).Union(known).Order()];
    }
}

/// <summary>Turns the span in a page's address into what its caller may read: the one place where pages of finops look at the caller.</summary>
internal sealed class FinopsRange(Caller caller, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The span of a request.</summary>
    public ChosenRange Of(HttpRequest request) => Of(DaySpan.Read(request.Query));

    /// <summary>The span of a word.</summary>
    public ChosenRange Of(string word) => Of(DaySpan.Of(RangeChoice.Of(word)));

    private ChosenRange Of(DaySpan span)
    {
        var range = new SpendRange { Within = ScopeRules.Of(caller), Zone = calendar.Zone, From = CalendarDays.StartOf(span.DaysAt(calendar.Today).First, calendar.Zone) };
        return new(span, span.Choice is null ? range with { To = CalendarDays.EndOf(span.To, calendar.Zone) } : range, time.GetUtcNow());
    }
}
