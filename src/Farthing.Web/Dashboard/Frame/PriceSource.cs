using Farthing.Domain.Pricing;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>The page that a price was read at.</summary>
/// <param name="Page">Its address.</param>
/// <param name="Name">What the link to it is called: the list of prices that the source names, or the host.</param>
/// <param name="Behind">What else the source says.</param>
public sealed record PriceSource(Uri Page, string Name, string Behind)
{
    private const string Secure = "https://";

    private static readonly char[] Ends = [' ', ';', ',', '\t'];

    /// <summary>The page of a source: what the source begins with, with or without <c>https://</c>, or that of the list that it names. Null where it is no page.</summary>
    /// <param name="source">The source as a price says it.</param>
    /// <param name="lists">The lists that the catalog is made of.</param>
    public static PriceSource? Of(string source, IReadOnlyList<CatalogSource> lists)
    {
        if (lists.FirstOrDefault(list => list.Id == source) is { } named)
        {
            return Read(First(named.Url)) is { } list ? new(list, source, string.Empty) : null;
        }

        var address = First(source);
        return (Read(address) ?? (LooksLikePage(address) ? Read(Secure + address) : null)) is { } page ? new(page, page.Host, source[address.Length..]) : null;
    }

    private static string First(string text) => text.Split(Ends, 2)[0];

    private static Uri? Read(string address) =>
        address.StartsWith(Secure, StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var page) && page.UserInfo.Length == 0 ? page : null;

    /// <summary>Whether it is a host with a dot and a path behind it: <c>ai.example/prices</c>.</summary>
    private static bool LooksLikePage(string address) =>
        address.Split('/', 2) is [var host, { Length: > 0 }] && host.Contains('.', StringComparison.Ordinal) && host.All(static one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-');
}
