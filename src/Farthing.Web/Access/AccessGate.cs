using System.Security.Cryptography;
using System.Text;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Farthing.Web.Access;

/// <summary>
/// Lets a request through to its endpoint when its sender's role may call it. Credentials are tried in this order: the
/// operator's secret, a bearer key, a key in <c>x-api-key</c>. A wrong operator's secret is as good as none, but it is counted: nobody may guess on beside a
/// key of their own.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, ServerOptions options, KeyRing ring, IOrgs orgs, FailedAttempts failed)
{
    private const string AdminKeyHeader = "x-admin-key";
    private const string ApiKeyHeader = "x-api-key";
    private const string OrgHeader = "x-farthing-org";
    private const string LocalOrg = "local";
    private const string Bearer = "Bearer ";

    private static readonly Problem Nobody = new(
        ProblemKind.Unauthenticated, "unauthenticated", "Authentication required: send a key as 'Authorization: Bearer fk_…' or 'x-api-key: fk_…'.");

    private static readonly Problem Forbidden = new(ProblemKind.Forbidden, "forbidden", "Insufficient permissions");

    private static readonly Problem TooMany = new(ProblemKind.OverLimit, "rate_limited", "Rate limit exceeded. Try again later.");

    // Hashes have one length, so that comparing tells nothing about the length of the secret either.
    private readonly byte[]? adminHash = options.AdminKey is { Length: > 0 } key ? HashOf(key) : null;

    /// <summary>Goes on with a known caller, or refuses.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // Paths and methods that do not exist have no rule; they are refused for what they are.
        if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<AccessRule>() is not { Anyone: true })
        {
            var caller = await CallerOfAsync(context);
            var mayCall = caller.Succeeded && endpoint.Metadata.GetMetadata<AccessRule>()?.Allows(caller.Value.Role) is true;
            if ((caller.Problem ?? (mayCall ? null : Forbidden)) is { } problem)
            {
                await RefuseAsync(context, problem);
                return;
            }

            context.RequestServices.GetRequiredService<CallerSlot>().Caller = caller.Value;
        }

        await next(context);
    }

    private async ValueTask<Result<Caller>> CallerOfAsync(HttpContext context)
    {
        if (IsOperator(context.Request.Headers))
        {
            return await OperatorAsync(context);
        }

        if (adminHash is not null && !StringValues.IsNullOrEmpty(context.Request.Headers[AdminKeyHeader]) && failed.IsOneTooMany(context.Connection.RemoteIpAddress))
        {
            return TooMany;
        }

        if (KeyIn(context.Request.Headers) is not { } key)
        {
            return Nobody;
        }

        if (failed.HasEnough(context.Connection.RemoteIpAddress) && !ring.MayBeReal(key))
        {
            return TooMany;
        }

        var caller = await ring.VerifyAsync(key, context.TraceIdentifier, context.RequestAborted);
        return caller.Problem is { Kind: ProblemKind.Unauthenticated } && failed.IsOneTooMany(context.Connection.RemoteIpAddress) ? TooMany : caller;
    }

    private bool IsOperator(IHeaderDictionary headers) =>
        adminHash is not null && headers[AdminKeyHeader] is [{ } given] && CryptographicOperations.FixedTimeEquals(adminHash, HashOf(given));

    private async ValueTask<Result<Caller>> OperatorAsync(HttpContext context)
    {
        var org = context.Request.Headers[OrgHeader] is [{ Length: > 0 } named] ? named : LocalOrg;
        return org == LocalOrg || await orgs.FindAsync(org, context.RequestAborted) is not null
            ? new Caller { Org = org, Role = Role.Operator, RequestId = context.TraceIdentifier }
            : Problem.NotFound("organisation") with { Field = OrgHeader };
    }

    private static string? KeyIn(IHeaderDictionary headers) =>
        headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : headers[ApiKeyHeader] is [{ Length: > 0 } key] ? key : null;

    private static Task RefuseAsync(HttpContext context, Problem problem)
    {
        switch (problem.Kind)
        {
            case ProblemKind.Unauthenticated:
                context.Response.Headers.WWWAuthenticate = "Bearer";
                break;
            case ProblemKind.OverLimit:
                context.Response.Headers.RetryAfter = FailedAttempts.WindowSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
        }

        return problem.ToHttp().ExecuteAsync(context);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
