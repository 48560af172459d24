using Microsoft.AspNetCore.Components;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A figure that leads to what it is made of, where a page shows that.</summary>
public static class FigureLink
{
    /// <summary>The figure as a link; by itself where it leads nowhere.</summary>
    /// <param name="figure">The figure as it is shown.</param>
    /// <param name="href">Where it leads; null for nowhere.</param>
    public static RenderFragment Of(string figure, string? href) => page =>
    {
        if (href is null)
        {
            page.AddContent(0, figure);
            return;
        }

        page.OpenElement(1, "a");
        page.AddAttribute(2, "href", href);
        page.AddContent(3, figure);
        page.CloseElement();
    };
}
