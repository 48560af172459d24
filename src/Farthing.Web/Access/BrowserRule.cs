using Farthing.Workflows;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Access;

/// <summary>Marks a page: only a browser's sign-in opens it, never a key in a header; no other endpoint looks at the cookie.</summary>
/// <param name="RefuseAsync">Tells the browser why it is not let in.</param>
internal sealed record BrowserRule(Func<HttpContext, Problem, Task> RefuseAsync);

/// <summary>The cookie that holds a sign-in, and what follows from it.</summary>
internal static class BrowserCookie
{
    /// <summary>Its name.</summary>
    public const string Name = "farthing_sign_in";

    /// <summary>The sign-in that a browser presents; null for none.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies.TryGetValue(Name, out var presented) && presented.Length > 0 ? presented : null;

    /// <summary>Gives a browser its sign-in: no script reads it and no other site sends it.</summary>
    public static void Give(HttpContext context, string signIn, DateTimeOffset end)
    {
        var options = Options(context);
        options.Expires = end;
        context.Response.Cookies.Append(Name, signIn, options);
    }

    /// <summary>Takes it away.</summary>
    public static void Take(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
