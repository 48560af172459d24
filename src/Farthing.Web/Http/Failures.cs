using System.Data.Common;
using Farthing.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Http;

/// <summary>
/// The one place where failures become answers: what cannot be read is 400, a store that fails is 503, a mistake of the
/// program is 500 without a word about its inside. Bare statuses of the server get a body too. People who look at it in a
/// browser get a page, programs a problem.
/// </summary>
internal sealed partial class Failures(RequestDelegate next, IFailurePages pages, ILogger<Failures> logger)
{
    private const int ClientClosedRequest = 499;

    private static readonly Problem Unavailable = new(ProblemKind.Unavailable, "store_unavailable", "The store does not answer; try again in a second.");

    /// <summary>Runs the request and answers for what it throws.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (BodyOf(context.Response) is { } answer)
            {
                await AnswerAsync(context, answer);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (BadHttpRequestException failure) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, BadRequests.Answer(failure));
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, BadRequests.NotInflatable());
        }
        catch (Exception failure) when (failure is IOException or DbException && !context.Response.HasStarted)
        {
            LogStoreFailed(failure, context.TraceIdentifier);
            context.Response.Headers.RetryAfter = "1";
            await AnswerAsync(context, Unavailable.ToHttp());
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailed(failure, context.TraceIdentifier);
            await AnswerAsync(context, ProblemAnswers.Answer(
                StatusCodes.Status500InternalServerError, "internal", $"Something is wrong with this server; its log tells more under {context.TraceIdentifier}."));
        }
    }

    private Task AnswerAsync(HttpContext context, ProblemHttpResult answer) => pages.AreWanted(context.Request)
        ? pages.ShowAsync(context, answer.StatusCode, answer.ProblemDetails.Detail ?? string.Empty)
        : answer.ExecuteAsync(context);

    /// <summary>The body of a status that was set without one; null when there is nothing to add.</summary>
    private static ProblemHttpResult? BodyOf(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null }
            ? response.StatusCode switch
            {
                StatusCodes.Status404NotFound => ProblemAnswers.Answer(response.StatusCode, "no_such_path", "There is nothing at this path; /openapi/v1.json lists what there is."),
                StatusCodes.Status405MethodNotAllowed => ProblemAnswers.Answer(
                    response.StatusCode, "method_not_allowed", $"This path answers to {response.Headers.Allow} only."),
                StatusCodes.Status400BadRequest when UnreadParameter.Of(response.HttpContext) is { } parameter => BadRequests.Unreadable(parameter),
                StatusCodes.Status400BadRequest or StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge
                    or StatusCodes.Status415UnsupportedMediaType => BadRequests.Answer(new BadHttpRequestException(string.Empty, response.StatusCode)),
                _ => ProblemAnswers.Answer(response.StatusCode, "refused", "The request was refused."),
            }
            : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed at request {RequestId}; its sender was told to try again")]
    private partial void LogStoreFailed(Exception failure, string requestId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Request {RequestId} met a mistake of the program and was answered with 500")]
    private partial void LogFailed(Exception failure, string requestId);
}
