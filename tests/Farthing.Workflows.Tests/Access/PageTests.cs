using System.Globalization;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Access;

/// <summary>Lists that are read whole, page by page.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Page.WholeListLimit - 1, 1)]
    [InlineData(Page.WholeListLimit, 2)]
    [InlineData((2 * Page.WholeListLimit) + 1, 3)]
    public async Task A_whole_list_is_read_once_however_long_it_is(int length, int reads)
    {
        var (list, asked, found) = (Ids(length), 0, new List<string>());

        await foreach (var some in Page.AllAsync(ReadAsync, static id => id))
        {
            some.ShouldNotBeEmpty();
            found.AddRange(some);
        }

        found.ShouldBe(list);
        asked.ShouldBe(reads);

        Task<IReadOnlyList<string>> ReadAsync(Page page)
        {
            asked++;
            return Task.FromResult<IReadOnlyList<string>>([.. list.Where(id => string.CompareOrdinal(id, page.After) > 0).Take(page.Limit)]);
        }
    }

    [Fact]
    public async Task Who_has_read_enough_asks_for_no_further_page()
    {
        var asked = 0;

        await foreach (var some in Page.AllAsync(ReadAsync, static id => id))
        {
            some.Count.ShouldBe(Page.WholeListLimit);
            break;
        }

        asked.ShouldBe(1);

        Task<IReadOnlyList<string>> ReadAsync(Page page)
        {
            asked++;
            return Task.FromResult(Ids(page.Limit));
        }
    }

    private static IReadOnlyList<string> Ids(int length) => [.. Enumerable.Range(0, length).Select(static at => at.ToString("00000", CultureInfo.InvariantCulture))];
}
