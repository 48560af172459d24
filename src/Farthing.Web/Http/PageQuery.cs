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

    /// <summary>The page, or why there cannot be one.</summary>
    public Result<Page> Check() => (Limit, After) switch
    {
        (< 1 or > WebLimits.PageSizeMax, _) => Problem.Invalid("limit", $"A page has 1 to {WebLimits.PageSizeMax} items."),
        (_, { Length: > WebLimits.TextLengthMax }) => Problem.Invalid("after", "This is no place in a list; take the 'next' of the page before."),
        _ => new Page(Limit ?? WebLimits.PageSizeUsual, After ?? string.Empty),
    };
}
