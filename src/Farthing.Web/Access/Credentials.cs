using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Farthing.Web.Access;

/// <summary>
/// Knows who sends a request and whether its endpoint may be called by them. Credentials are tried in this order: the
/// operator's secret, a bearer key, a key in <c>x-api-key</c>. A wrong operator's secret is as good as none, but it is
/// counted: nobody may guess on beside a key of their own.
/// </summary>
internal sealed class Credentials(ServerOptions options, KeyRing ring, SignIns signIns, IOrgs orgs, FailedAttempts failed, RateLimits limits)
{
    private const string AdminKeyHeader = "x-admin-key";
    private const string ApiKeyHeader = "x-api-key";
    private const string OrgHeader = "x-farthing-org";
    private const string LocalOrg = "local";
    private const string Bearer = "Bearer ";

    /// <summary>The refusal of a request that brings no credential at all.</summary>
    public static readonly Problem Nobody = new(ProblemKind.Unauthenticated, "unauthenticated", "Authentication required");

    private static readonly Problem Forbidden = new(ProblemKind.Forbidden, "forbidden", "Insufficient permissions");

    private static readonly Problem TooMany = new(ProblemKind.OverLimit, "rate_limited", "Rate limit exceeded. Try again later.");

    // Hashes have one length, so that comparing tells nothing about the length of the secret either.
    private readonly byte[]? adminHash = options.AdminKey is { Length: > 0 } key ? HashOf(key) : null;

    /// <summary>Lets in whoever the headers of a request prove, or tells why not.</summary>
    public async ValueTask<Result<Caller>> AdmitAsync(HttpContext context) => Admit(context, await CallerOfAsync(context));

    /// <summary>Lets in whoever signed in with the browser that asks, or tells why not.</summary>
    public async ValueTask<Result<Caller>> AdmitBrowserAsync(HttpContext context) => BrowserCookie.Read(context) is { } presented
        ? Admit(context, await signIns.VerifyAsync(presented, context.TraceIdentifier, context.RequestAborted))
        : Nobody;

    /// <summary>Who signed in with the browser that asks, whatever it asks for; null for nobody.</summary>
    public async ValueTask<Caller?> RecogniseAsync(HttpContext context) => BrowserCookie.Read(context) is { } presented
        && await signIns.VerifyAsync(presented, context.TraceIdentifier, context.RequestAborted) is { Succeeded: true } known
            ? known.Value
            : null;

    /// <summary>Signs a browser in by a key; wrong ones are counted like everywhere.</summary>
    public ValueTask<Result<NewKey>> EnterAsync(HttpContext context, string key) =>
        CountAsync(context, key, secret => new ValueTask<Result<NewKey>>(signIns.EnterAsync(secret, context.TraceIdentifier, context.RequestAborted)));

    /// <summary>Signs a browser in by a link; wrong ones are counted like wrong keys.</summary>
    public ValueTask<Result<NewKey>> FollowAsync(HttpContext context, string link) =>
        CountAsync(context, link, secret => new ValueTask<Result<NewKey>>(signIns.FollowAsync(secret, context.TraceIdentifier, context.RequestAborted)));

    /// <summary>Lets in the bearer of a key that came in the body, or tells why not.</summary>
    public async ValueTask<Result<Caller>> AdmitAsync(HttpContext context, string key) => Admit(context, await VerifyAsync(context, key));

    /// <summary>Answers a refused request, with the headers that belong to the refusal.</summary>
    public static Task RefuseAsync(HttpContext context, Problem problem)
    {
        SetHeaders(context, problem);
        return problem.ToHttp().ExecuteAsync(context);
    }

    /// <summary>Sets the headers that belong to a refusal.</summary>
    public static void SetHeaders(HttpContext context, Problem problem)
    {
        if (problem.Kind == ProblemKind.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    private Result<Caller> Admit(HttpContext context, Result<Caller> caller)
    {
        if (!caller.Succeeded)
        {
            return caller;
        }

        var metadata = context.GetEndpoint()!.Metadata;
        if (metadata.GetMetadata<AccessRule>()?.Allows(caller.Value.Role) is not true)
        {
            return Forbidden;
        }

        if (metadata.GetMetadata<RateRule>() is { } rule && limits.WaitFor(rule.Class, caller.Value) is { } wait)
        {
            return Later(context, wait);
        }

        return caller;
    }

    private static Problem Later(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TooMany;
    }

    private async ValueTask<Result<Caller>> CallerOfAsync(HttpContext context)
    {
        if (IsOperator(context.Request.Headers))
        {
            return await OperatorAsync(context);
        }

        if (adminHash is not null && !StringValues.IsNullOrEmpty(context.Request.Headers[AdminKeyHeader]) && failed.IsOneTooMany(context.Connection.RemoteIpAddress))
        {
            return Later(context, FailedAttempts.Window);
        }

        return KeyIn(context.Request.Headers) is { } key ? await VerifyAsync(context, key) : Nobody;
    }

    private ValueTask<Result<Caller>> VerifyAsync(HttpContext context, string key) =>
        CountAsync(context, key, secret => ring.VerifyAsync(secret, context.TraceIdentifier, context.RequestAborted));

    /// <summary>Proves a secret, unless too many wrong ones came from its address and it is no key that was ever made.</summary>
    private async ValueTask<Result<T>> CountAsync<T>(HttpContext context, string secret, Func<string, ValueTask<Result<T>>> prove)
    {
        var address = context.Connection.RemoteIpAddress;
        if (failed.HasEnough(address) && !ring.MayBeReal(secret))
        {
            return Later(context, FailedAttempts.Window);
        }

        var proven = await prove(secret);
        return proven.Problem is { Kind: ProblemKind.Unauthenticated } && failed.IsOneTooMany(address) ? Later(context, FailedAttempts.Window) : proven;
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

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
