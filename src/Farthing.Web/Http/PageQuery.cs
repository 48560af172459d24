using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Http;

/// <summary>The page of a list that is asked for.</summary>
/// <param name="Limit">How many items; 1 to 500, 100 unless told.</param>
/// <param name="After">The <c>next</c> of the page before; left out for the first page.</param>
internal readonly record struct PageQuery([FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "after")] string? After)
{
    /// <summary>The page, or why there cannot be one.</summary>
    public Result<Page> Check() => (Limit, After) switch
    {
        (< 1 or > WebLimits.PageSizeMax, _) => Problem.Invalid("limit", $"A page has 1 to {WebLimits.PageSizeMax} items."),
        (_, { Length: > WebLimits.TextLengthMax }) => Problem.Invalid("after", "This is no place in a list; take the 'next' of the page before."),
        _ => new Page(Limit ?? WebLimits.PageSizeUsual, After ?? string.Empty),
    };
}
