using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Finops;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Figures and days as pages show them.</summary>
public sealed class ShownFigureTests
{
    [Theory]
    [InlineData("999.99", "$999.99")]
    [InlineData("1634.22", "$1.6K")]
    [InlineData("999949.99", "$999.9K")]
    [InlineData("999999", "$1.0M")]
    [InlineData("-999950", "-$1.0M")]
    public void An_amount_in_few_characters_never_has_a_thousand_of_its_unit(string dollars, string text) =>
        PageText.Brief(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Theory]
    [InlineData(999_999, "1.0M")]
    [InlineData(999_949, "999.9K")]
    [InlineData(999_950_000, "1.0B")]
    public void So_has_a_count(long number, string text) => PageText.BriefCount(number).ShouldBe(text);

    [Theory]
    [InlineData("0", "0%")]
    [InlineData("0.0161", "< 3%")]
    [InlineData("0.03", "3%")]
    [InlineData("0.9839", "> 97%")]
    [InlineData("1", "100%")]
    public void A_chance_is_told_no_finer_than_it_is_known(string chance, string text) =>
        PageText.Chance(decimal.Parse(chance, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);

    [Fact]
    public void A_chart_by_day_leaves_no_day_of_its_span_out()
    {
        var today = new DateOnly(2026, 11, 16);
        var range = new SpendRange { Within = new("local", ScopeReach.Org, string.Empty), Zone = TimeZoneInfo.Utc };
        ChosenRange Chosen(DaySpan span) => new(span, range, new(today, new(12, 0), TimeSpan.Zero));

        Chosen(DaySpan.Of(RangeChoice.Of("7d"))).DaysWith([today.AddDays(-5), today]).ShouldBe(Enumerable.Range(0, 7).Select(day => today.AddDays(day - 6)));
        Chosen(DaySpan.Between(today.AddDays(-1), today.AddDays(9))).DaysWith([]).ShouldBe([today.AddDays(-1), today]);
        Chosen(DaySpan.Between(today.AddDays(-900), today)).DaysWith([today.AddDays(-800)]).Count.ShouldBe(401);
    }
}
