using System.Text.Json;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Farthing.Web.Http;

/// <summary>
/// The one way from an endpoint to the ledger. The answer is written inside the ledger's transaction when it may be asked
/// for again, so effect and answer are kept together or not at all.
/// </summary>
internal sealed class LedgerDoor(CreditLedger ledger, Idempotency idempotency, Caller caller, IOptions<JsonOptions> json)
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string ProblemType = "application/problem+json";

    /// <summary>Posts a request and answers it: 201 for something new, 200 for what was there already.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="request">What the ledger is to do.</param>
    /// <param name="answer">How the result is told.</param>
    /// <param name="cancellationToken">Gives up waiting; the ledger goes on.</param>
    public Task<IResult> CreateAsync<TBody, T>(HttpContext http, TBody body, LedgerRequest<T> request, Func<T, object> answer, CancellationToken cancellationToken) =>
        PostAsync(http, body, request, () => request.WasDone ? StatusCodes.Status200OK : StatusCodes.Status201Created, answer, cancellationToken);

    /// <summary>Posts a request and answers it with 200.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public Task<IResult> ChangeAsync<TBody, T>(HttpContext http, TBody body, LedgerRequest<T> request, Func<T, object> answer, CancellationToken cancellationToken) =>
        PostAsync(http, body, request, static () => StatusCodes.Status200OK, answer, cancellationToken);

    /// <summary>
    /// The answer that a request under the same key was given, for endpoints that look at more than the request before they
    /// post it: what has changed meanwhile must not stand between a client and its answer.
    /// </summary>
    /// <returns>Null when there is no key, or nothing under it.</returns>
    public async Task<IResult?> RecallAsync<TBody>(HttpContext http, TBody body, CancellationToken cancellationToken)
    {
        var read = Idempotency.Read(http.Request, caller, Write(body!));
        if (read.Problem is { } unusable)
        {
            return unusable.ToHttp();
        }

        if (read.Value is not { } key)
        {
            return null;
        }

        if (idempotency.Take(caller.Org, key) is { } busy)
        {
            return Later(http, busy);
        }

        try
        {
            var recall = new RecallAnswer { Org = caller.Org, Actor = caller.Actor, Idempotency = key };
            return await ledger.PostAsync(recall, cancellationToken) is { } refused
                ? Later(http, refused)
                : recall.Replay is { } known ? new RenderedAnswer(known, isReplay: true) : recall.Result.Problem?.ToHttp();
        }
        finally
        {
            idempotency.Return(caller.Org, key);
        }
    }

    private async Task<IResult> PostAsync<TBody, T>(
        HttpContext http, TBody body, LedgerRequest<T> request, Func<int> status, Func<T, object> answer, CancellationToken cancellationToken)
    {
        var read = Idempotency.Read(http.Request, caller, Write(body!));
        if (read.Problem is { } unusable)
        {
            return unusable.ToHttp();
        }

        if (read.Value is { } key && idempotency.Take(caller.Org, key) is { } busy)
        {
            return Later(http, busy);
        }

        try
        {
            request.RequestId = caller.RequestId;
            request.Idempotency = read.Value;
            request.AnswerAs = result => Render(result, status, answer);
            return await ledger.PostAsync(request, cancellationToken) switch
            {
                null => new RenderedAnswer(request.Replay ?? Render(request.Result, status, answer), request.Replay is not null),
                { Kind: ProblemKind.Unavailable } later => Later(http, later),
                var refused => refused.ToHttp(),
            };
        }
        finally
        {
            if (read.Value is { } taken)
            {
                idempotency.Return(caller.Org, taken);
            }
        }
    }

    private StoredAnswer Render<T>(Result<T> result, Func<int> status, Func<T, object> answer) => result.Problem is { } problem
        ? new(problem.StatusCode, ProblemType, Write(problem.ToHttp().ProblemDetails))
        : new(status(), JsonType, Write(answer(result.Value)));

    private byte[] Write(object value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, json.Value.SerializerOptions.GetTypeInfo(value.GetType()));

    private static ProblemHttpResult Later(HttpContext http, Problem problem)
    {
        http.Response.Headers.RetryAfter = "1";
        return problem.ToHttp();
    }

    /// <summary>An answer whose bytes are there already.</summary>
    private sealed class RenderedAnswer(StoredAnswer answer, bool isReplay) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            response.ContentType = answer.ContentType;
            response.ContentLength = answer.Body.Length;
            if (isReplay)
            {
                response.Headers[Idempotency.ReplayedHeader] = "true";
            }

            await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}
