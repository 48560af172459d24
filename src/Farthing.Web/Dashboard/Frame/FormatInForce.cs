using Farthing.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// How the page that is being made writes amounts: what the server was told. It goes with the request, as a culture does, so that
/// no figure can be written past it.
/// </summary>
/// <param name="next">What answers the request.</param>
/// <param name="options">What the server was told.</param>
internal sealed class FormatInForce(RequestDelegate next, ServerOptions options)
{
    private static readonly AsyncLocal<MoneyFormat?> OfRequest = new();

    /// <summary>The format; the usual one where no request is being answered.</summary>
    public static MoneyFormat Current => OfRequest.Value ?? MoneyFormat.Usual;

    /// <summary>Answers a request under the format.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // Set in a method that is awaited, it ends with the request.
        OfRequest.Value = options.Money;
        await next(context);
    }
}
