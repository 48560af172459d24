using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>A span of days that pages of finops can be asked for.</summary>
/// <param name="Word">Its name in the address.</param>
/// <param name="Name">What it is called.</param>
public sealed record RangeChoice(string Word, string Name)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RangeChoice> All { get; } =
    [
        new("today", "Today"), new("7d", "7 days"), new("30d", "30 days"), new("month", "This month"), new("90d", "90 days"), new("365d", "A year"),
    ];

    /// <summary>The one of a word; thirty days for any other word.</summary>
    public static RangeChoice Of(string? word) => All.FirstOrDefault(choice => choice.Word == word) ?? All[2];
}

/// <summary>A span that was chosen, and the spend that it means for whoever asks.</summary>
/// <param name="Choice">The span.</param>
/// <param name="Range">The spend within the caller's scope.</param>
/// <param name="At">When it was asked.</param>
public sealed record ChosenRange(RangeChoice Choice, SpendRange Range, DateTimeOffset At);

/// <summary>Turns the span in a page's address into what its caller may read: the one place where pages of finops look at the caller.</summary>
internal sealed class FinopsRange(Caller caller, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The span of a request.</summary>
    public ChosenRange Of(HttpRequest request) => Of(request.Query["range"]);

    /// <summary>The span of a word.</summary>
    public ChosenRange Of(string? word)
    {
        var choice = RangeChoice.Of(word);
        var from = CalendarDays.StartOf(FirstDay(choice), calendar.Zone);
        return new(choice, new() { Within = ScopeRules.Of(caller), From = from }, time.GetUtcNow());
    }

    private DateOnly FirstDay(RangeChoice choice)
    {
        var today = calendar.Today;
        return choice.Word switch
        {
            "today" => today,
            "7d" => today.AddDays(-6),
            "month" => new(today.Year, today.Month, 1),
            "90d" => today.AddDays(-89),
            "365d" => today.AddDays(-364),
            _ => today.AddDays(-29),
        };
    }
}
