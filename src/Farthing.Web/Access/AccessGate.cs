using System.Security.Cryptography;
using System.Text;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Access;

/// <summary>Lets a request through to its endpoint when the credential's role may call it.</summary>
internal sealed class AccessGate(RequestDelegate next, ServerOptions options)
{
    private const string AdminKeyHeader = "x-admin-key";
    private const string OrgHeader = "x-farthing-org";
    private const string LocalOrg = "local";

    private static readonly Problem Unauthenticated = new(
        ProblemKind.Unauthenticated, "unauthenticated", "Authentication required: send a key as 'Authorization: Bearer fk_…' or 'x-api-key: fk_…'.");

    private static readonly Problem Forbidden = new(ProblemKind.Forbidden, "forbidden", "Insufficient permissions");

    private readonly byte[]? adminKey = options.AdminKey is { Length: > 0 } key ? Encoding.UTF8.GetBytes(key) : null;

    /// <summary>Goes on with a known caller, or refuses.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // Paths and methods that do not exist have no rule; they are refused for what they are.
        if (context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<AccessRule>() is { Anyone: true })
        {
            return next(context);
        }

        if (CallerOf(context) is not { } caller)
        {
            return Unauthenticated.ToHttp().ExecuteAsync(context);
        }

        if (endpoint.Metadata.GetMetadata<AccessRule>()?.Allows(caller.Role) is not true)
        {
            return Forbidden.ToHttp().ExecuteAsync(context);
        }

        context.RequestServices.GetRequiredService<CallerSlot>().Caller = caller;
        return next(context);
    }

    private Caller? CallerOf(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (adminKey is null || headers[AdminKeyHeader] is not [{ } given] || !CryptographicOperations.FixedTimeEquals(adminKey, Encoding.UTF8.GetBytes(given)))
        {
            return null;
        }

        var org = headers[OrgHeader] is [{ Length: > 0 } named] ? named : LocalOrg;
        return new() { Org = org, Role = Role.Operator, RequestId = context.TraceIdentifier };
    }
}
