using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A part of a list that is longer than a page.</summary>
/// <typeparam name="T">What is on it.</typeparam>
/// <param name="Items">What is on it, in the list's order.</param>
/// <param name="First">The address of the first part; null on it.</param>
/// <param name="Next">The address of the part behind; null on the last.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? First, string? Next);

/// <summary>Reads which part of a list an address means, and cuts it.</summary>
internal static class ListPages
{
    private const string After = "after";
    private const int ItemsMax = 50;
    private const int IdLengthMax = 256;

    /// <summary>The part that an address means, and one item more, which tells whether there are others behind it.</summary>
    public static Page AskedPage(this HttpRequest request) =>
        new Page(ItemsMax, request.Query[After] is [{ Length: <= IdLengthMax } after] ? after : string.Empty).AndOneMore();

    /// <summary>The part as it is shown.</summary>
    /// <param name="found">What <see cref="AskedPage"/> found.</param>
    /// <param name="request">What was asked for; the other parts' addresses differ from it in the place only.</param>
    /// <param name="id">The id of an item, which is its place.</param>
    public static ListPage<T> Cut<T>(this IReadOnlyList<T> found, HttpRequest request, Func<T, string> id)
    {
        var part = found.Cut(request.AskedPage() with { Limit = ItemsMax }, id, static item => item);
        var others = QueryString.Create(request.Query.Where(static parameter => parameter.Key is not (After or DoneWord.Field)));
        return new(
            part.Items,
            request.AskedPage().After.Length > 0 ? $"{request.Path}{others}" : null,
            part.Next is { } next ? $"{request.Path}{others.Add(After, next)}" : null);
    }
}
