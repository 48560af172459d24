using Farthing.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Tests.Reports;

public sealed class TableTests
{
    private static readonly ReportColumn[] Columns =
    [
        new("Day", 0) { IsFigure = false, WidthMin = 10 },
        new("Models", 3) { IsFigure = false, WidthMin = 12 },
        new("Input", 2),
        new("Tokens", 1),
        new("Cost", 0),
    ];

    [Theory]
    [InlineData(80, "10,30,8,10,8")]
    [InlineData(60, "10,16,8,10,8")]
    [InlineData(50, "10,0,8,10,8")]
    [InlineData(40, "10,0,0,10,8")]
    [InlineData(25, "10,0,0,0,8")]
    [InlineData(15, "5,0,0,0,8")]
    public void Texts_are_shortened_first_then_columns_give_way_by_rank(int width, string expected) =>
        string.Join(',', TableFit.Choose(Columns, [10, 30, 8, 10, 8], width)).ShouldBe(expected);

    [Fact]
    public void Empty_columns_take_no_room() =>
        TableFit.Choose(Columns, [10, 0, 8, 10, 8], 42).ShouldBe([10, 0, 8, 10, 8]);

    [Fact]
    public void A_table_is_never_wider_than_the_terminal_unless_what_must_stay_is() =>
        Prop.ForAll<byte[], byte>((sizes, room) =>
        {
            var natural = Columns.Select((_, index) => index < sizes.Length ? sizes[index] % 40 : 5).ToArray();
            var width = 20 + (room % 120);
            var chosen = TableFit.Choose(Columns, natural, width);
            var used = chosen.Sum() + (TableFit.Gap * Math.Max(chosen.Count(column => column > 0) - 1, 0));
            var onlyWhatMustStay = chosen[1] == 0 && chosen[2] == 0 && chosen[3] == 0 && chosen[0] <= 1;
            return (used <= width || onlyWhatMustStay) && chosen[4] == natural[4] && chosen.Zip(natural, (got, wanted) => got <= wanted).All(fits => fits);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_320, 9).WithMaxTest(500));

    [Theory]
    [InlineData("ledger", 10, false, "ledger")]
    [InlineData("storefront-of-dana", 10, false, "storefron…")]
    [InlineData("/srv/agents/storefront", 10, true, "…torefront")]
    [InlineData("  /srv/agents/storefront", 10, true, "  …refront")]
    [InlineData("日本語のプロジェクト", 9, false, "日本語の…")]
    [InlineData("👩‍👩‍👧‍👧👩‍👩‍👧‍👧x", 3, false, "…")]
    public void Texts_are_cut_between_characters_at_the_end_that_tells_less(string text, int width, bool keepEnd, string expected)
    {
        var fitted = DisplayText.Fit(text, width, keepEnd);

        DisplayText.WidthOf(fitted).ShouldBeLessThanOrEqualTo(width);
        fitted.ShouldBe(expected);
    }

    [Fact]
    public void Sentences_are_broken_between_words() =>
        DisplayText.Lines("one two three fourteen-letters", 9).ShouldBe(["one two", "three", "fourteen-letters"]);

    [Fact]
    public void Long_lists_are_cut()
    {
        DisplayText.Listed(["a", "b", "c", "d", "e"]).ShouldBe("a, b, c, d, e");
        DisplayText.Listed(["a", "b", "c", "d", "e", "f"]).ShouldBe("a, b, c, d and 2 more");
    }

    [Theory]
    [InlineData("claude-haiku-4-5-20251001", "haiku-4-5")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "sonnet-4-5")]
    [InlineData("claude-opus-4-5@20251101", "opus-4-5")]
    [InlineData("openai/gpt-5.5", "gpt-5.5")]
    [InlineData("gpt-5.3-codex", "gpt-5.3-codex")]
    [InlineData("claude-sonnet-4-5[1m]", "sonnet-4-5[1m]")]
    [InlineData("20251001", "20251001")]
    public void Models_are_called_as_people_call_them(string name, string expected) => new ShortNames([name]).Model(name).ShouldBe(expected);

    [Fact]
    public void Models_that_would_share_a_short_name_keep_their_own()
    {
        var names = new ShortNames(["claude-haiku-4-5", "claude-haiku-4-5-20251001", "gpt-5"]);

        names.Model("claude-haiku-4-5").ShouldBe("claude-haiku-4-5");
        names.Model("claude-haiku-4-5-20251001").ShouldBe("claude-haiku-4-5-20251001");
        names.Model("gpt-5").ShouldBe("gpt-5");
    }

    [Theory]
    [InlineData("/home/dana/src/ledger", "~/src/ledger")]
    [InlineData("/home/dana", "~")]
    [InlineData("/home/danaher/x", "/home/danaher/x")]
    [InlineData("", "(no project)")]
    public void Projects_are_named_from_home(string path, string expected) => ShortNames.Project(path, "/home/dana").ShouldBe(expected);

    [Theory]
    [InlineData(0, "0m")]
    [InlineData(-5, "0m")]
    [InlineData(49, "49m")]
    [InlineData(60, "1h")]
    [InlineData(202, "3h 22m")]
    [InlineData(2_880, "2d")]
    [InlineData(4_510, "3d 3h")]
    public void Spans_are_told_in_two_units(int minutes, string expected) => Words.Duration(TimeSpan.FromMinutes(minutes)).ShouldBe(expected);

    [Theory]
    [InlineData("2026-03-01", "2026-03-17", "March")]
    [InlineData("2026-03-17", "2026-03-17", "17 Mar 2026")]
    [InlineData("2026-02-01", "2026-02-14", "1 Feb – 14 Feb")]
    [InlineData("2025-12-01", "2026-02-14", "1 Dec 2025 – 14 Feb 2026")]
    public void Days_are_told_as_shortly_as_they_can(string from, string to, string expected) =>
        Words.Days(Day(from), Day(to), Day("2026-03-17")).ShouldBe(expected);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
