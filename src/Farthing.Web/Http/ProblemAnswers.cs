using Farthing.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Http;

/// <summary>One of several things that are wrong with a request.</summary>
/// <param name="Field">The offending field; null when it is none in particular.</param>
/// <param name="Code">A stable name for programs.</param>
/// <param name="Detail">A sentence for people that says what to do.</param>
internal sealed record FieldError(string? Field, string Code, string Detail);

/// <summary>Turns refusals into RFC 9457 answers: the only place that knows which kind has which status.</summary>
internal static class ProblemAnswers
{
    extension(Problem problem)
    {
        /// <summary>The HTTP status of the problem's kind.</summary>
        public int StatusCode => problem.Kind switch
        {
            ProblemKind.Malformed => StatusCodes.Status400BadRequest,
            ProblemKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ProblemKind.InsufficientCredit => StatusCodes.Status402PaymentRequired,
            ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ProblemKind.OverLimit => StatusCodes.Status429TooManyRequests,
            ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new InvalidOperationException($"The problem kind {problem.Kind} has no status."),
        };

        /// <summary>
        /// The answer that tells it: <c>application/problem+json</c> with <c>code</c>, <c>detail</c> and <c>field</c>, and with all
        /// that is wrong in <c>errors</c> where it is more than one thing.
        /// </summary>
        public ProblemHttpResult ToHttp()
        {
            var answer = Answer(problem.StatusCode, problem.Code, problem.Detail, problem.Field);
            if (problem.Others.Count > 0)
            {
                answer.ProblemDetails.Extensions.Add("errors", problem.All.Select(static one => new FieldError(one.Field, one.Code, one.Detail)).ToArray());
            }

            return answer;
        }
    }

    /// <summary>An answer with a status that no refusal of ours has: 405, 415, 500 and their like.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A stable name for programs.</param>
    /// <param name="detail">A sentence for people that says what to do.</param>
    /// <param name="field">The offending field, parameter or header; null when it is none in particular.</param>
    public static ProblemHttpResult Answer(int status, string code, string detail, string? field = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (field is not null)
        {
            extensions.Add("field", field);
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }
}
