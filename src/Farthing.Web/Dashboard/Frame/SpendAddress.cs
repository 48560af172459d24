using System.Text;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// The spend that a page is about, as its address says it: a span of days, and filters under the words of
/// <see cref="DimensionWord"/>, each any number of times. All pages agree on this, so a figure can link to any of them.
/// </summary>
/// <param name="Span">The days.</param>
/// <param name="Filters">The filters in the order of the words; an empty value is for calls that do not tell.</param>
public sealed record SpendAddress(DaySpan Span, IReadOnlyList<SpendFilter> Filters)
{
    /// <summary>The most values of a filter; what an address says beyond them is not looked at.</summary>
    public const int ValuesMax = 50;

    /// <summary>The field that a form bears and an address does not.</summary>
    public const string FormField = "form";

    private const int LengthMax = 1_024;
    private const string AddPrefix = "add-";

    /// <summary>What addresses say of it.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } = [.. DaySpan.Words, .. DimensionWord.All.Select(static word => AddressWord.Of(word.Word, static value => value.Length <= LengthMax))];

    /// <summary>Everything of a span.</summary>
    public static SpendAddress Of(DaySpan span) => new(span, []);

    /// <summary>The same as a part of an address.</summary>
    public string Query => Span.Query + FilterQuery;

    /// <summary>The filters as a part of an address that begins before them; empty without any.</summary>
    public string FilterQuery
    {
        get
        {
            var query = new StringBuilder();
            foreach (var (word, value) in Fields)
            {
                query.Append('&').Append(word).Append('=').Append(Uri.EscapeDataString(value));
            }

            return query.ToString();
        }
    }

    /// <summary>The filters as the fields of an address, one for each value.</summary>
    public IEnumerable<(string Word, string Value)> Fields =>
        Filters.SelectMany(static filter => filter.Values.Select(value => (DimensionWord.Of(filter.By).Word, value)));

    /// <summary>The spend of an address.</summary>
    public static SpendAddress Read(IQueryCollection query) => new(
        DaySpan.Read(query),
        [
            .. DimensionWord.All.Where(word => query.ContainsKey(word.Word))
                .Select(word => new SpendFilter(word.By, ValuesOf(query[word.Word].Select(static value => value ?? string.Empty)))),
        ]);

    /// <summary>
    /// The spend of an address that a form made: besides the filters it may bear one more of each kind as <c>add-team</c> …,
    /// where an empty text adds nothing and <see cref="DimensionWord.NoneGiven"/> the calls that do not tell.
    /// </summary>
    public static SpendAddress ReadForm(IQueryCollection query)
    {
        var address = Read(query) with { Span = DaySpan.ReadForm(query) };
        foreach (var word in DimensionWord.All)
        {
            if (query[AddPrefix + word.Word] is [{ Length: > 0 } added])
            {
                address = address.With(word.By, added == DimensionWord.NoneGiven ? string.Empty : added);
            }
        }

        return address;
    }

    /// <summary>The name of the form's field that adds a filter.</summary>
    public static string FieldOf(DimensionWord word) => AddPrefix + word.Word;

    /// <summary>Whether there is a filter of a dimension.</summary>
    public bool Has(SpendDimension by) => Filters.Any(filter => filter.By == by);

    /// <summary>The same with one more value of a dimension.</summary>
    public SpendAddress With(SpendDimension by, string value) => With(by, [.. ValuesOf(by), value]);

    /// <summary>The same without a value.</summary>
    public SpendAddress Without(SpendDimension by, string value) => With(by, [.. ValuesOf(by).Where(one => one != value)]);

    /// <summary>The same with nothing but one value of a dimension.</summary>
    public SpendAddress Only(SpendDimension by, string value) => With(by, [value]);

    private SpendAddress With(SpendDimension by, IReadOnlyList<string> values) => this with
    {
        Filters =
        [
            .. DimensionWord.All.Select(word => word.By == by ? new(by, ValuesOf(values)) : Filters.FirstOrDefault(filter => filter.By == word.By) ?? new(word.By, []))
                .Where(static filter => filter.Values.Count > 0),
        ],
    };

    private IReadOnlyList<string> ValuesOf(SpendDimension by) => Filters.FirstOrDefault(filter => filter.By == by)?.Values ?? [];

    private static IReadOnlyList<string> ValuesOf(IEnumerable<string> values) =>
        [.. values.Where(static value => value.Length <= LengthMax).Distinct(StringComparer.Ordinal).Take(ValuesMax)];
}
