using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Explorer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>The state of the explorer in its address, and its texts in files.</summary>
public sealed class ExplorerAddressTests
{
    [Theory]
    [InlineData("", "by=model&range=30d")]
    [InlineData("by=team,engineer,model,project&range=7d", "by=team,engineer,model&range=7d")]
    [InlineData("by=team&by=team&by=nothing&show=tokens&sort=calls&order=up&grain=week&top=50", "by=team&show=tokens&grain=week&sort=calls&order=up&top=50&range=30d")]
    [InlineData("by=team&show=tokens&sort=tokens&top=7&grain=year&order=down", "by=team&show=tokens&range=30d")]
    [InlineData("sort=name&model=a", "by=model&sort=name&range=30d&model=a")]
    public void An_address_is_read_and_written_the_same(string address, string canonical)
    {
        var state = Read(address);

        state.Query.ShouldBe(canonical);
        Read(state.Query).Query.ShouldBe(canonical);
    }

    [Fact]
    public void A_form_that_leaves_the_days_as_they_were_keeps_the_name_of_the_span()
    {
        const string Unchanged = "by=team&range=7d&from=2026-01-01&to=2026-01-07&was-from=2026-01-01&was-to=2026-01-07&add-model=x";

        ReadForm(Unchanged).Query.ShouldBe("by=team&range=7d&model=x");
        ReadForm(Unchanged.Replace("&from=2026-01-01", "&from=2026-01-03", StringComparison.Ordinal)).Query.ShouldBe("by=team&from=2026-01-03&to=2026-01-07&model=x");
    }

    [Fact]
    public void A_line_leads_to_the_dimensions_that_are_left_and_at_last_to_the_next_one()
    {
        var state = Read("by=team,model&range=7d&model=a&model=b");

        state.Below(["t1"])!.Query.ShouldBe("by=model&range=7d&team=t1&model=a&model=b");
        state.Below(["t1", "a"])!.Query.ShouldBe("by=engineer&range=7d&team=t1&model=a");
        Read("by=billing&" + string.Join('&', DimensionWord.All.Where(word => word.Word != "billing").Select(word => word.Word + "=x"))).Below(["y"]).ShouldBeNull();
    }

    [Fact]
    public void A_column_orders_and_the_second_time_upside_down()
    {
        var state = Read("by=team");

        state.SortedBy("tokens").Query.ShouldBe("by=team&sort=tokens&range=30d");
        state.SortedBy("tokens").SortedBy("tokens").Query.ShouldBe("by=team&sort=tokens&order=up&range=30d");
        state.SortedBy("cost").Query.ShouldBe("by=team&order=up&range=30d");
    }

    [Theory]
    [InlineData("by=team&range=7d", "by=team&range=7d", "by=team&range=7d&before=previous")]
    [InlineData("by=team&range=7d&before=nothing", "by=team&range=7d", "by=team&range=7d&before=previous")]
    [InlineData("by=team&range=7d&before=year", "by=team&range=7d&before=year", "by=team&range=7d&before=year")]
    [InlineData("by=team&range=7d&before=&before-from=2026-01-07&before-to=2026-01-01", "by=team&range=7d&before-from=2026-01-01&before-to=2026-01-07", "by=team&range=7d&before-from=2026-01-01&before-to=2026-01-07")]
    public void A_comparison_that_is_kept_says_that_it_is_one(string address, string query, string kept)
    {
        var state = BridgeAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(address)));

        (state.Query, state.SavedQuery).ShouldBe((query, kept));
        ViewPages.LinkOf(state.SavedQuery).ShouldBe($"/explorer/bridge?{kept}");
        ViewPages.LinkOf(state.View.Query).ShouldStartWith("/explorer?");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  @SUM(A1)", "'  @SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    public void A_name_is_never_a_formula(string name, string cell) => new CsvText().Add(name).End().ToString().ShouldBe(cell + "\r\n");

    private static ExplorerAddress Read(string query) => ExplorerAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));

    private static ExplorerAddress ReadForm(string query) => ExplorerAddress.ReadForm(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
