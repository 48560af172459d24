using Farthing.Reports;

namespace Farthing.Tests.Reports;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u2060")]
    [InlineData("\u2064")]
    [InlineData("\uFEFF")]
    [InlineData("\u061C")]
    [InlineData("\u00AD")]
    [InlineData("\u202E")]
    [InlineData("\u2066")]
    [InlineData("\u2028")]
    [InlineData("\u0085")]
    [InlineData("\u007F")]
    [InlineData("\t")]
    public void What_is_not_seen_or_moves_text_is_replaced(string mark) => DisplayText.Clean($"a{mark}b").ShouldBe("a\uFFFDb");

    [Fact]
    public void Tags_beyond_the_first_plane_and_half_pairs_are_replaced()
    {
        DisplayText.Clean("a\U000E0041b").ShouldBe("a\uFFFD\uFFFDb");
        DisplayText.Clean("a" + '\uD83D' + "b").ShouldBe("a\uFFFDb");
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain ~ text")]
    [InlineData("Größe 日本 🤖 é")]
    public void What_is_seen_stays(string text) => DisplayText.Clean(text).ShouldBe(text);
}
