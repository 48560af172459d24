using System.Text;
using Farthing.Web.Access;
using Farthing.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A page, rendered whole before the first byte is sent, so that a failure is an answer and not half a page.</summary>
/// <typeparam name="TPage">The component; it takes a parameter <c>Frame</c>.</typeparam>
/// <param name="title">Its heading.</param>
/// <param name="status">The status it is answered with.</param>
internal sealed class PageResult<TPage>(string title, int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    // Everything from here and nothing else: no inline script, no inline style, no other site.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly Dictionary<string, object?> parameters = new(StringComparer.Ordinal);

    /// <summary>Gives the page a parameter.</summary>
    public PageResult<TPage> With(string name, object? value)
    {
        parameters[name] = value;
        return this;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        parameters["Frame"] = FrameOf(httpContext);
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = FocusWrong(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        // Pages tell forms where they came from, which the form door looks at; other sites learn nothing.
        response.Headers["Referrer-Policy"] = "same-origin";
        var bytes = Encoding.UTF8.GetBytes(html);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    /// <summary>Has the first wrong field of a page the focus: whoever sent a form goes on where it was refused. Texts hold no quotes that are not encoded.</summary>
    private static string FocusWrong(string html)
    {
        const string Wrong = " aria-invalid=\"true\"";
        var at = html.IndexOf(Wrong, StringComparison.Ordinal);
        return at < 0 ? html : html.Insert(at, " autofocus");
    }

    private PageFrame FrameOf(HttpContext context)
    {
        var slot = context.RequestServices.GetRequiredService<CallerSlot>();
        var options = context.RequestServices.GetRequiredService<ServerOptions>();
        return new()
        {
            Title = title,
            Path = context.Request.Path.Value ?? "/",
            Server = $"{context.Request.Scheme}://{context.Request.Host}",
            Address = context.Request.Path + context.Request.QueryString,
            Caller = slot.IsKnown ? slot.Caller : null,
            FormToken = BrowserCookie.Read(context) is { } signIn ? FormDoor.TokenOf(signIn) : string.Empty,
            Zone = options.Zone,
            IsDemo = options.IsDemo,
            LeftOut = context.GetEndpoint()?.Metadata.GetMetadata<AddressWords>()?.LeftOut(context.Request) ?? [],
            Typed = TypedFilter.Read(context.Request.Query),
            Done = DoneWord.Find(context.Request.Query[DoneWord.Field]),
        };
    }
}
