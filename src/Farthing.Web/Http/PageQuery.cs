using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Http;

/// <summary>The page of a list that is asked for.</summary>
internal readonly record struct PageQuery
{
    /// <summary>How many items; 1 to 500, 100 unless told.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before; left out for the first page.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>The problem of a text that is no place in a list.</summary>
    public static Problem NoPlace => Problem.Invalid("after", "This is no place in a list; take the 'next' of the page before.");

    /// <summary>The page of a list of things whose ids the server makes, or why there cannot be one. What was deleted leaves its place behind.</summary>
    public Result<Page> Check() => Check(IsMadeId);

    /// <summary>The page of a list with places of another form, or why there cannot be one.</summary>
    /// <param name="isPlace">Whether a text, which is not empty, can be a place.</param>
    public Result<Page> Check(Func<string, bool> isPlace) => (Limit, After) switch
    {
        (< 1 or > WebLimits.PageSizeMax, _) => Problem.Invalid("limit", $"A page has 1 to {WebLimits.PageSizeMax} items."),
        (_, { Length: > WebLimits.TextLengthMax }) => NoPlace,
        (_, { Length: > 0 } after) when !isPlace(after) => NoPlace,
        _ => new Page(Limit ?? WebLimits.PageSizeUsual, After ?? string.Empty),
    };

    /// <summary>The page of a list of things of which some bear ids that the server did not make, or why there cannot be one.</summary>
    /// <param name="isThere">Whether there is a thing with such an id.</param>
    public async Task<Result<Page>> CheckAsync(Func<string, Task<bool>> isThere)
    {
        var page = Check(BodyFields.CanBeId);
        return page.Problem is null && page.Value.After is { Length: > 0 } after && !IsMadeId(after) && !await isThere(after) ? NoPlace : page;
    }

    /// <summary>Whether it is an id as <see cref="AccessTexts.NewId"/> makes them, letter for letter, for lists go by their order.</summary>
    private static bool IsMadeId(string text) => Guid.TryParseExact(text, "D", out var id) && text == id.ToString();
}
