using System.Text;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Pricing;
using static Farthing.Workflows.Tests.Pricing.Resolving;

namespace Farthing.Workflows.Tests.Pricing;

/// <summary>A catalog that is wrong refuses to load, and says in one line which row is wrong and how.</summary>
public sealed class CatalogFileTests
{
    [Theory]
    [InlineData("""{"input":"3.12345678901"}""", "acme/m: input of '3.12345678901' has more than nine decimals")]
    [InlineData("""{"input":"-3"}""", "acme/m: input of '-3' is negative")]
    [InlineData("""{"input":"3e2"}""", "acme/m: input of '3e2' is not a plain decimal")]
    [InlineData("""{"input":""}""", "acme/m: input of '' is not a plain decimal")]
    [InlineData("""{"input":3}""", "acme/m: input is not a decimal in quotes")]
    [InlineData("""{"input":"3","input":"4"}""", "acme/m: input is listed twice")]
    [InlineData("""{"input":"3","inputs":"4"}""", "acme/m: 'inputs' is not a price component")]
    [InlineData("""{"output":"3"}""", "acme/m: a period has no input price")]
    [InlineData("""{"input":"3","cache_read":"4"}""", "acme/m: standard cache_read of 4 is above its input of 3")]
    [InlineData("""{"input":"9999999999999999999999999999999999999999999"}""", "acme/m: input has more than nine decimals or is far too large")]
    public void A_wrong_price_is_refused(string rates, string refusal) =>
        Refusal($$"""{"key":"acme/m","prices":[{"rates":{{rates}}}]}""").ShouldBe(refusal);

    [Theory]
    [InlineData("""{"key":"acme/m","price":[]}""", "acme/m: 'price' is not a known member")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"noted":"x"}]}""", "acme/m: 'noted' is not a known member")]
    [InlineData("""{"key":"acme/m","prices":[{"from":"yesterday","rates":{"input":"1"}}]}""", "acme/m: 'yesterday' is neither a day nor an instant in UTC")]
    [InlineData("""{"key":"acme/m","prices":[{"from":"2026-02-30","rates":{"input":"1"}}]}""", "acme/m: '2026-02-30' is neither a day nor an instant in UTC")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"tiers":[{"over":5,"scope":"marginal","rates":{"input":"2"}}]}]}""", "acme/m: a context tier of scope 'marginal' is not supported")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"tiers":[{"over":5}]}]}""", "acme/m: a context tier has no rates")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"service_tiers":{"turbo":{"rates":{"input":"2"}}}}]}""", "acme/m: 'turbo' is not a service tier")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"fast":"batch"}]}""", "acme/m: fast is a price list or the word priority")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"geo":{"us":"1.2345"}}]}""", "acme/m: geo of '1.2345' is not a factor")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"0.000000003"},"geo":{"us":"1.1"}}]}""", "acme/m: input of 0.000000003 times 1.1 is not a whole number of femtodollars")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"units":{"web_search":{"usd":"10"}}}]}""", "acme/m: web_search must say per how many before the price")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"units":{"web_search":{"per":3,"usd":"10"}}}]}""", "acme/m: web_search of '10' is not a whole number of femtodollars each")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"windows":[{"label":"peak","tz":"Mars/Olympus","days":["mon"],"ranges":[["01:00","02:00"]],"rates":{"input":"2"}}]}]}""", "acme/m: there is no time zone 'Mars/Olympus'")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"windows":[{"label":"peak","tz":"UTC","days":["monday"],"ranges":[["01:00","02:00"]],"rates":{"input":"2"}}]}]}""", "acme/m: 'monday' is not a day of the week")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"windows":[{"label":"peak","tz":"UTC","days":["mon"],"ranges":[["25:00","02:00"]],"rates":{"input":"2"}}]}]}""", "acme/m: '25:00' to '02:00' is not a range of clock times")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"},"windows":[{"label":"peak","tz":"UTC","days":["mon"],"rates":{"input":"2"}}]}]}""", "acme/m: the window 'peak' lacks its time zone, days, ranges or rates")]
    [InlineData("""{"key":"acme/m","context":"much","prices":[]}""", "acme/m: context is not a whole number")]
    [InlineData("""{"key":"acme/m","disputed":"yes","prices":[]}""", "acme/m: disputed is neither true nor false")]
    [InlineData("""{"key":"acme/m","prices":[]}""", "acme/m: it has no price")]
    [InlineData("""{"key":"acme/m","ids":["M"],"prices":[{"rates":{"input":"1"}}]}""", "acme/m: the id 'm' already belongs to acme/m")]
    [InlineData("""{"key":"acme/m","prices":[{"rates":{"input":"1"}}]},{"key":"acme/m","prices":[{"rates":{"input":"1"}}]}""", "acme/m: the id 'm' already belongs to acme/m")]
    [InlineData("""{"prices":[{"rates":{"input":"-1"}}]}""", "row 1: input of '-1' is negative")]
    public void A_wrong_row_is_refused_by_its_name(string row, string refusal) => Refusal(row).ShouldBe(refusal);

    [Theory]
    [InlineData("", "the catalog: expected an object in line 1")]
    [InlineData("[]", "the catalog: expected an object in line 1")]
    [InlineData("{}", "the catalog: its schema is 0, not 1")]
    [InlineData("""{"schema":2,"version":"v"}""", "the catalog: its schema is 2, not 1")]
    [InlineData("""{"schema":1}""", "the catalog: it has no version")]
    [InlineData("""{"schema":1,"version":"v","currency":"EUR"}""", "the catalog: prices are in USD only")]
    [InlineData("""{"schema":1,"version":"v"} x""", "line 1: it is not JSON: something follows its end")]
    [InlineData("{\"schema\":1,\n\"version\":\"v\",}", "line 2: it is not JSON: '\"' is missing")]
    [InlineData("{\"schema\":1\n\"version\":\"v\"}", "line 2: it is not JSON: ',' is missing")]
    [InlineData("""{"schema":1,"version":"v""", "line 1: it is not JSON: a string does not end")]
    [InlineData("""{"schema":1,"version":"\q"}""", "line 1: it is not JSON: an escape is broken")]
    public void A_file_that_is_no_catalog_is_refused(string json, string refusal) =>
        CatalogFile.Read(Encoding.UTF8.GetBytes(json)).ShouldBe(new CatalogReading(null, refusal));

    [Fact]
    public void Escapes_and_other_letters_are_read()
    {
        var reading = CatalogFile.Read(Encoding.UTF8.GetBytes("""
            {"schema":1,"version":"v","providers":[{"id":"acme"}],"models":[{"key":"acme/m","name":"a\"b\\c\/d\n\u00e9é😀\ud83d\ude00","prices":[{"rates":{"input":"1"}}]}]}
            """));

        reading.Catalog.ShouldNotBeNull().Rows[0].Name.ShouldBe("a\"b\\c/d\néé😀😀");
    }

    [Fact]
    public void A_file_of_ones_own_lies_over_the_catalog()
    {
        var mine = CatalogFile.ReadOver("""
            {"schema":1,"version":"mine-1",
            "providers":[{"id":"acme","spellings":["acme-inc"],"families":["rocket"]}],
            "overrides":[{"provider":"azure","model":"Our-Deployment","row":"azure/gpt-5"},{"provider":"","model":"internal-7b","row":"acme/rocket-1"}],
            "models":[
            {"key":"acme/rocket-1","prices":[{"rates":{"input":"0.5","output":"1"},"source":"contract","as_of":"2026-11-18","confidence":"mirrored-official"}]},
            {"key":"anthropic/claude-sonnet-4-5","prices":[{"rates":{"input":"2.7","output":"13.5"}}]}]}
            """u8, Catalog).Catalog.ShouldNotBeNull();
        var rater = new Rater(mine);
        string Input(string provider, string model) => rater.Rate(provider, model, Noon, CallTerms.Standard, new() { Input = 1 }).Card[TokenClass.Input].PerMillion();

        mine.Version.ShouldBe(Catalog.Version + "+mine-1");
        mine.Rows.Count.ShouldBe(Catalog.Rows.Count + 1);
        Input("anthropic", "claude-sonnet-4-5").ShouldBe("2.7");
        Input("anthropic", "claude-sonnet-4-6").ShouldBe("3");
        Input("acme-inc", "rocket-1").ShouldBe("0.5");
        Input("", "rocket-1-20261118").ShouldBe("0.5");
        Input("azure", "our-deployment").ShouldBe("1.25");
        Input("vercel", "internal-7b").ShouldBe("0.5");
    }

    [Theory]
    [InlineData("""{"provider":"azure","model":"x","row":"azure/nothing"}""", "override of 'x': there is no row 'azure/nothing'")]
    [InlineData("""{"provider":"nobody","model":"x","row":"azure/gpt-5"}""", "override of 'x': there is no provider 'nobody'")]
    public void An_override_that_leads_nowhere_is_refused(string line, string refusal) =>
        CatalogFile.ReadOver(Encoding.UTF8.GetBytes($$"""{"schema":1,"version":"v","overrides":[{{line}}]}"""), Catalog).Refusal.ShouldBe(refusal);

    [Fact]
    public void A_file_that_is_not_there_is_refused_as_well()
    {
        var path = Path.Combine(Path.GetTempPath(), "farthing-no-such-catalog.json");

        var (catalog, refusal) = CatalogFile.LoadOver(path, Catalog);

        catalog.ShouldBeNull();
        refusal.ShouldNotBeNull().ShouldStartWith(path + ": ");
    }

    private static string Refusal(string rows)
    {
        var reading = CatalogFile.Read(Encoding.UTF8.GetBytes($$"""{"schema":1,"version":"v","providers":[{"id":"acme"}],"models":[{{rows}}]}"""));
        reading.Catalog.ShouldBeNull();
        return reading.Refusal.ShouldNotBeNull();
    }
}
