using Farthing.Reports;

namespace Farthing.Tests.Prices;

public sealed class PricePagesWidthTests
{
    [Theory]
    [InlineData("prices list", 40)]
    [InlineData("prices list", 60)]
    [InlineData("prices list", 80)]
    [InlineData("prices show anthropic/claude-opus-4-8", 40)]
    [InlineData("prices show anthropic/claude-opus-4-8", 60)]
    [InlineData("prices show anthropic/claude-opus-4-8", 80)]
    [InlineData("prices explain claude-opus-4-8 --tokens input=1000,output=500", 40)]
    [InlineData("prices explain claude-opus-4-8 --tokens input=1000,output=500", 60)]
    [InlineData("prices explain claude-opus-4-8 --tokens input=1000,output=500", 80)]
    public async Task A_page_of_prices_fits_the_terminal(string line, int width)
    {
        using var run = new CommandRun([]) { Terminal = new(IsTerminal: true, width, false) };

        (await run.RunAsync(line.Split(' '))).ShouldBe(0);

        run.Out.Split('\n').Where(shown => DisplayText.WidthOf(shown) > width).ShouldBeEmpty();
    }
}
