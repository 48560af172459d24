using System.Net;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Wallets;
using Farthing.Web.Hosting;
using Farthing.Web.Tests.Api.Usage;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Amounts as an organisation writes them, on pages and in forms.</summary>
public sealed class MoneyFormatTests
{
    [Theory]
    [InlineData("$1,234.56", "-$1,234,567.50", "$1.2K", "$0.000001")]
    [InlineData("1.234,56 $", "-1.234.567,50 $", "1,2K $", "0,000001 $")]
    [InlineData("1 234,56 $", "-1 234 567,50 $", "1,2K $", "0,000001 $")]
    [InlineData("1'234.56 $", "-1'234'567.50 $", "1.2K $", "0.000001 $")]
    [InlineData("US$ 1234,56", "-US$ 1234567,50", "US$ 1,2K", "US$ 0,000001")]
    [InlineData("USD 1,234.56", "-USD 1,234,567.50", "USD 1.2K", "USD 0.000001")]
    public async Task Every_form_of_an_amount_follows_the_example(string example, string money, string brief, string small)
    {
        await UnderAsync(example, () =>
        {
            Seen(PageText.Money(-1_234_567.5m)).ShouldBe(money);
            Seen(PageText.Brief(1_234m)).ShouldBe(brief);
            Seen(CreditText.Dollars(new(1_000_000), decimals: 6)).ShouldBe(small);
            Seen(PageText.Money(0.001m)).ShouldBe("< " + Seen(PageText.Money(0.01m)));
        });

        PageText.Money(-1_234_567.5m).ShouldBe("-$1,234,567.50");
    }

    [Theory]
    [InlineData("1,234.56")]
    [InlineData("$1,234.56 $")]
    [InlineData("$1,234,56")]
    [InlineData("$1.234.56")]
    [InlineData("1.234,56 €")]
    [InlineData("$1,234.5")]
    [InlineData("$12,34.56")]
    [InlineData("$1_234.56")]
    [InlineData("$")]
    [InlineData("de-DE")]
    public void What_is_no_example_is_no_format(string text) => MoneyFormat.Find(text).ShouldBeNull();

    [Theory]
    [InlineData("1.234,56 $", "1.000,50 $", "1000.50", false)]
    [InlineData("1.234,56 $", "-1.000.000", "-1000000", false)]
    [InlineData("1.234,56 $", "1000.5", "1000.5", false)]
    [InlineData("1.234,56 $", "0,5", "0.5", false)]
    [InlineData("1.234,56 $", "1.234", "1.234", true)]
    [InlineData("1.234,56 $", "-1.234 $", "-1.234 $", true)]
    [InlineData("1.234,56 $", "1,000.50", "1,000.50", false)]
    [InlineData("1.234,56 $", "1.00,5", "1.00,5", false)]
    [InlineData("1 234,56 $", "1 000,50", "1000.50", false)]
    [InlineData("1 234,56 $", "12.345", "12.345", false)]
    [InlineData("1'234.56 $", "1’000.50", "1000.50", false)]
    [InlineData("$1,234.56", "1,234", "1234", false)]
    [InlineData("$1,234.56", "1.234", "1.234", false)]
    public Task A_form_reads_the_format_and_plain_numbers_and_refuses_what_could_be_either(string example, string written, string read, bool isDoubtful) => UnderAsync(example, () =>
    {
        WrittenNumber.Plain(written).ShouldBe(read);
        (WrittenNumber.Doubt(written) is not null).ShouldBe(isDoubtful);
    });

    [Fact]
    public Task Shares_take_the_signs_of_amounts() => UnderAsync("1.234,56 $", () => PageText.FinePercent(0.851234m).ShouldBe("85,1234%"));

    [Fact]
    public Task What_is_doubtful_is_told_with_both_of_its_meanings() => UnderAsync("1.234,56 $", () =>
        WrittenNumber.Doubt("-1.234").ShouldBe("'-1.234' can mean -1234 or -1.234; write -1234 or -1,234."));

    [Fact]
    public Task What_a_form_offers_is_read_back_as_it_was() => UnderAsync("1.234,56 $", () =>
        WrittenNumber.Plain(WrittenNumber.Offered(1234.125m)).ShouldBe("1234.125"));

    [Fact]
    public async Task Pages_write_amounts_by_the_format_and_files_plainly()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Money = MoneyFormat.Find("1.234,56 $")! });
        var people = await TestPeople.SeedAsync(server);
        (await server.RecordAsync(UsageBodies.Batch([$$"""{"id":"c-1","occurred_at":"{{UsageBodies.At}}","model":"claude-opus-4-6","input_tokens":1000000}"""]))).Status.ShouldBe(200);
        var signIn = (await server.Get<SignIns>().EnterAsync(people.Admin.Key, "test", TestServer.Cancellation)).Value.Secret;

        var page = Seen(WebUtility.HtmlDecode((await ReadPage.OpenAsync(server, signIn, "/explorer?by=model")).Html));
        var file = (await ReadPage.OpenAsync(server, signIn, "/explorer.csv?by=model")).Html;

        page.ShouldContain("data-money=\"1.234,56 $\"");
        page.ShouldContain("5,00 $");
        page.ShouldContain("1.000.000");
        page.ShouldNotContain("$5");
        file.ShouldContain(",5,");
    }

    private static string Seen(string text) => text.Replace('\u00A0', ' ');

    private static Task UnderAsync(string example, Action look)
    {
        var format = MoneyFormat.Find(example).ShouldNotBeNull();
        var options = new ServerOptions { Log = TextWriter.Null, Time = TimeProvider.System, Money = format };
        return new FormatInForce(
            _ =>
            {
                look();
                return Task.CompletedTask;
            },
            options).InvokeAsync(new DefaultHttpContext());
    }
}
