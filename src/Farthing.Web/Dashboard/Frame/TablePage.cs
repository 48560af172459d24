using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A page of a table that is read whole, because its totals are of all lines.</summary>
/// <typeparam name="T">What its lines are of.</typeparam>
/// <param name="All">All lines in their order.</param>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Anchor">Where the table is on the page around it: <c>#engineers</c>.</param>
/// <param name="Link">Makes the address of a page of the table from its number.</param>
public sealed record TablePage<T>(IReadOnlyList<T> All, int Number, string Anchor, Func<int, string> Link)
{
    /// <summary>The lines on it.</summary>
    public IEnumerable<T> Lines => All.Skip(Before).Take(TablePages.LinesMax);

    /// <summary>The lines on other pages.</summary>
    public IEnumerable<T> Others => All.Take(Before).Concat(All.Skip(Before + TablePages.LinesMax));

    /// <summary>Whether there are no other pages.</summary>
    public bool IsWhole => All.Count <= TablePages.LinesMax;

    /// <summary>Which lines it has: <c>101 to 200 of 1,000</c>.</summary>
    public string Place => $"{PageText.Count(Before + 1)} to {PageText.Count(Math.Min(Before + TablePages.LinesMax, All.Count))} of {PageText.Count(All.Count)}";

    /// <summary>The address of the first page; null on it.</summary>
    public string? First => Number == 1 ? null : Link(1) + Anchor;

    /// <summary>The address of the page behind; null on the last.</summary>
    public string? Next => Before + TablePages.LinesMax < All.Count ? Link(Number + 1) + Anchor : null;

    private int Before => (Number - 1) * TablePages.LinesMax;

    /// <summary>The address of the page that a line is on.</summary>
    /// <param name="index">Where it is in <see cref="All"/>.</param>
    public string LinkToLine(int index) => (index / TablePages.LinesMax) + 1 is var number && number == Number ? Anchor : Link(number) + Anchor;
}

/// <summary>Reads which page of a table an address means.</summary>
internal static class TablePages
{
    /// <summary>How many lines are on a page.</summary>
    public const int LinesMax = 100;

    private const string Field = "page";

    /// <summary>What addresses say of it.</summary>
    public static AddressWord Word { get; } = AddressWord.Of(Field, static value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0);

    /// <summary>The page that an address means; the first one where it means none that the table has.</summary>
    /// <param name="request">What was asked for; the addresses of other pages differ from it in their number only.</param>
    /// <param name="lines">All lines in their order.</param>
    /// <param name="anchor">Where the table is on the page around it.</param>
    public static TablePage<T> PageOf<T>(this HttpRequest request, IReadOnlyList<T> lines, string anchor)
    {
        var others = QueryString.Create(request.Query.Where(static parameter => parameter.Key is not Field));
        return new(lines, NumberOf(request, lines.Count), anchor, number => $"{request.Path}{(number == 1 ? others : others.Add(Field, number.ToString(CultureInfo.InvariantCulture)))}");
    }

    private static int NumberOf(HttpRequest request, int lines) =>
        request.Query[Field] is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && (number - 1L) * LinesMax < lines ? number : 1;
}
