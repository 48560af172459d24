using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">What to send as <c>after</c> for the page behind; null on the last one.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How lists are cut into pages: one item more than asked for is read, and tells whether there is a next page.</summary>
internal static class Paging
{
    /// <summary>The page with the item that tells whether there are more.</summary>
    public static Page AndOneMore(this Page page) => page with { Limit = page.Limit + 1 };

    /// <summary>Cuts the item off that was one too many.</summary>
    /// <param name="found">What was read with <see cref="AndOneMore"/>.</param>
    /// <param name="page">The page that was asked for.</param>
    /// <param name="id">The id of an item, which is its place in the list.</param>
    /// <param name="answer">An item as it is answered.</param>
    public static PageAnswer<TAnswer> Cut<T, TAnswer>(this IReadOnlyList<T> found, Page page, Func<T, string> id, Func<T, TAnswer> answer) => new(
        [.. found.Take(page.Limit).Select(answer)], found.Count > page.Limit ? id(found[page.Limit - 1]) : null);

    /// <summary>Names the page behind in a header, for lists whose body is a plain array: the same question, of which only the place differs.</summary>
    public static void LinkNext(this HttpContext context, string? next)
    {
        if (next is not null)
        {
            var asked = context.Request.Query.Where(static parameter => !IsPlace(parameter.Key));
            context.Response.Headers.Link = $"<{context.Request.Path}{QueryString.Create(asked).Add("after", next)}>; rel=\"next\"";
        }
    }

    private static bool IsPlace(string parameter) =>
        string.Equals(parameter, "after", StringComparison.OrdinalIgnoreCase) || string.Equals(parameter, "offset", StringComparison.OrdinalIgnoreCase);
}
