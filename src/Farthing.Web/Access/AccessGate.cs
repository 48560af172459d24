using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Access;

/// <summary>
/// Lets a request through to its endpoint when its sender may call it. A request without any credential goes on to an
/// endpoint that takes a key in its body, which then asks <see cref="Credentials"/> itself.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, Credentials credentials)
{
    /// <summary>Goes on with a known caller, or refuses.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // Paths and methods that do not exist have no rule; they are refused for what they are.
        if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<AccessRule>() is not { Anyone: true })
        {
            var page = endpoint.Metadata.GetMetadata<BrowserRule>();
            var caller = page is null ? await credentials.AdmitAsync(context) : await credentials.AdmitBrowserAsync(context);
            if (caller.Succeeded)
            {
                context.RequestServices.GetRequiredService<CallerSlot>().Caller = caller.Value;
            }
            else if (page is not null)
            {
                await page.RefuseAsync(context, caller.Problem!);
                return;
            }
            else if (!ReferenceEquals(caller.Problem, Credentials.Nobody) || endpoint.Metadata.GetMetadata<KeyInBody>() is null)
            {
                await Credentials.RefuseAsync(context, caller.Problem!);
                return;
            }
        }

        await next(context);
    }
}
