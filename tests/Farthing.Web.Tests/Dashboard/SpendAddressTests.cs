using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What the addresses of pages say about spend.</summary>
public sealed class SpendAddressTests
{
    private static readonly DateOnly Today = new(2026, 3, 17);

    [Theory]
    [InlineData("", "range=30d")]
    [InlineData("range=7d&team=t1&team=t2&model=a%26b&project=", "range=7d&team=t1&team=t2&project=&model=a%26b")]
    [InlineData("from=2026-02-01&to=2026-01-01&engineer=%3Cscript%3E", "from=2026-01-01&to=2026-02-01&engineer=%3Cscript%3E")]
    [InlineData("from=2026-02-31&to=2026-03-01&range=month", "range=month")]
    [InlineData("from=2026-02-01&range=nothing&team=t&team=t&colour=red", "range=30d&team=t")]
    public void An_address_is_read_and_written_the_same(string address, string canonical)
    {
        var spend = SpendAddress.Read(QueryOf(address));

        spend.Query.ShouldBe(canonical);
        SpendAddress.Read(QueryOf(spend.Query)).Query.ShouldBe(canonical);
    }

    [Fact]
    public void A_form_adds_what_was_chosen_and_nothing_for_empty_fields()
    {
        var spend = SpendAddress.ReadForm(QueryOf("range=7d&team=t1&add-team=t2&add-project=&add-model=(none given)&add-colour=red"));

        spend.Query.ShouldBe("range=7d&team=t1&team=t2&model=");
    }

    [Fact]
    public void Filters_are_added_and_taken_away()
    {
        var spend = SpendAddress.Read(QueryOf("model=a&model=b"));

        spend.With(SpendDimension.Team, "t").Query.ShouldBe("range=30d&team=t&model=a&model=b");
        spend.Only(SpendDimension.Model, "c").Query.ShouldBe("range=30d&model=c");
        spend.Without(SpendDimension.Model, "a").Without(SpendDimension.Model, "b").Query.ShouldBe("range=30d");
    }

    [Fact]
    public void No_address_asks_for_more_than_a_bounded_number_of_values() => SpendAddress
        .Read(QueryOf(string.Join('&', Enumerable.Range(0, 500).Select(number => $"model={number}")))).Filters.Single().Values.Count.ShouldBe(SpendAddress.ValuesMax);

    [Theory]
    [InlineData("range=today", "2026-03-17", "2026-03-17")]
    [InlineData("range=month", "2026-03-01", "2026-03-17")]
    [InlineData("", "2026-02-16", "2026-03-17")]
    [InlineData("from=2026-01-05&to=2026-01-07", "2026-01-05", "2026-01-07")]
    public void A_span_has_both_its_days(string address, string first, string last)
    {
        var days = DaySpan.Read(QueryOf(address)).DaysAt(Today);

        (DaySpan.Iso(days.First), DaySpan.Iso(days.Last)).ShouldBe((first, last));
    }

    private static QueryCollection QueryOf(string query) => new(QueryHelpers.ParseQuery(query));
}
