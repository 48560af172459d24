namespace Farthing.Workflows.Access;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">How many items at most; at least 1.</param>
/// <param name="After">The id of the last item of the page before; empty for the first page.</param>
public readonly record struct Page(int Limit, string After)
{
    /// <summary>How many items the pages of a list have that is read whole.</summary>
    public const int WholeListLimit = 500;

    /// <summary>The pages of a whole list, however long it is; none where it is empty. Each is read when it is asked for.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="read">Reads a page.</param>
    /// <param name="id">The id of an item.</param>
    public static async IAsyncEnumerable<IReadOnlyList<T>> AllAsync<T>(Func<Page, Task<IReadOnlyList<T>>> read, Func<T, string> id)
    {
        var page = new Page(WholeListLimit, string.Empty);
        while (await read(page) is { Count: > 0 } items)
        {
            yield return items;
            if (items.Count < page.Limit)
            {
                yield break;
            }

            page = page with { After = id(items[^1]) };
        }
    }
}
