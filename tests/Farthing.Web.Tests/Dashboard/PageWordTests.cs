using System.Globalization;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.Admin;
using Farthing.Web.Dashboard.Pages.Explorer;
using Farthing.Web.Dashboard.Pages.Prices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>Words of programs as pages say them, and what people write as forms read it.</summary>
public sealed class PageWordTests
{
    [Theory]
    [InlineData("api_key", "API key")]
    [InlineData("feature_delivery", "Feature delivery")]
    [InlineData("rolling30", "Rolling 30 days")]
    [InlineData("AllowToLimit", "Allow to limit")]
    [InlineData("Fix flaky tests", "Fix flaky tests")]
    [InlineData("<img>", "<img>")]
    [InlineData("", "")]
    public void A_word_of_a_program_is_said_in_words_and_a_name_stays(string word, string said) => PlainWords.Of(word).ShouldBe(said);

    [Theory]
    [InlineData("feature_delivery", "feature delivery")]
    [InlineData("api_key", "API key")]
    public void Within_a_sentence_a_word_begins_small_unless_it_is_an_abbreviation(string word, string said) => PlainWords.Within(word).ShouldBe(said);

    [Theory]
    [InlineData("1,000.50", "1000.50")]
    [InlineData("$100", "100")]
    [InlineData("-$1,234,567", "-1234567")]
    [InlineData("12.5", "12.5")]
    [InlineData("1,5", "1,5")]
    [InlineData("1,00.5", "1,00.5")]
    [InlineData("ten", "ten")]
    [InlineData("--5", "--5")]
    [InlineData("1e3", "1e3")]
    [InlineData("", "")]
    public void A_number_is_read_as_pages_print_it_and_nothing_is_guessed(string written, string plain) => WrittenNumber.Plain(written).ShouldBe(plain);

    [Theory]
    [InlineData("standard", "standard")]
    [InlineData("prompt>200000", "prompts over 200,000")]
    [InlineData("batch prompt>=272000", "batch prompts from 272,000")]
    [InlineData("prompt>many", "prompt>many")]
    public void Lists_of_rates_for_large_prompts_are_called_as_people_say_it(string name, string said) => PriceText.ListName(name).ShouldBe(said);

    [Theory]
    [InlineData("2026-08-21T00:00:00Z", "2026-08-21")]
    [InlineData("2026-08-16T16:00:00Z", "2026-08-16 16:00 UTC")]
    public void Prices_begin_on_a_day_or_at_a_minute(string instant, string said) => PriceText.Instant(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)).ShouldBe(said);

    [Theory]
    [InlineData("overdraft", "AllowToLimit", "Allow to limit")]
    [InlineData("name", "AllowToLimit", "AllowToLimit")]
    [InlineData("name", "platform", "platform")]
    [InlineData("expires_at", "2026-11-26T14:05:00+00:00", "26 Nov 2026 16:05")]
    [InlineData("expires_at", "2026-11-26T14:05:00.1234567Z", "26 Nov 2026 16:05")]
    public void The_audit_says_instants_in_the_zone_and_leaves_names_alone(string field, string value, string said) =>
        new AuditChange(field, null, value).Said(value, TimeZoneInfo.CreateCustomTimeZone("plus-two", TimeSpan.FromHours(2), null, null)).ShouldBe(said);

    [Theory]
    [InlineData("before=previous&was-before-from=2026-01-01&was-before-to=2026-01-31&before-from=2026-01-01&before-to=2026-01-31", "")]
    [InlineData("before=month&was-before-from=2026-01-01&was-before-to=2026-01-31&before-from=2026-01-01&before-to=2026-01-31", "&before=month")]
    [InlineData("before=month&was-before-from=2026-01-01&was-before-to=2026-01-31&before-from=2026-01-02&before-to=2026-01-31", "&before-from=2026-01-02&before-to=2026-01-31")]
    public void Days_that_were_changed_go_before_the_name_of_a_period(string form, string meant) =>
        BridgeAddress.ReadForm(new QueryCollection(QueryHelpers.ParseQuery($"range=30d&by=model&{form}"))).Link.ShouldEndWith($"range=30d{meant}");
}
