using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Farthing.Web.Access;
using Farthing.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// Reads the forms of pages, and only those that a page of ours sent: each carries a token that follows from the browser's
/// sign-in and that no other site can know, and the browser must not say that another site sent it.
/// </summary>
internal static class FormDoor
{
    /// <summary>The name of the field with the token.</summary>
    public const string TokenField = "form_token";

    private const int BodyBytesMax = 64 * 1024;
    private const int FieldsMax = 64;

    private static readonly byte[] Purpose = "farthing form"u8.ToArray();

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = FieldsMax,
        KeyLengthLimit = 256,
        ValueLengthLimit = BodyBytesMax,
        BufferBodyLengthLimit = BodyBytesMax,
        MultipartBodyLengthLimit = BodyBytesMax,
    };

    private static readonly Problem Foreign = new(
        ProblemKind.Forbidden, "foreign_form", "This form does not come from the page that you are signed in to. Open the page again and send it once more.");

    /// <summary>The token of a sign-in's forms.</summary>
    public static string TokenOf(string signIn) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signIn), Purpose));

    /// <summary>Answers the form of a signed-in page. What no page of ours sent is refused, and nobody looks at it.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Func<FormFields, Task<IResult>> answer)
    {
        var sent = await ReadAsync(context);
        return sent.Problem is { } foreign ? PageAnswers.Refuse(foreign) : await answer(sent.Value);
    }

    /// <summary>Reads the form of the sign-in page, which has no token yet: where it comes from is all there is to look at.</summary>
    public static async Task<Result<FormFields>> ReadBeforeSignInAsync(HttpContext context) =>
        !context.Request.HasFormContentType || !IsOurs(context.Request)
            ? Foreign
            : new FormFields(await context.Request.ReadFormAsync(Limits, context.RequestAborted));

    private static async Task<Result<FormFields>> ReadAsync(HttpContext context)
    {
        var fields = await ReadBeforeSignInAsync(context);
        if (!fields.Succeeded)
        {
            return fields;
        }

        var expected = Encoding.UTF8.GetBytes(TokenOf(BrowserCookie.Read(context) ?? string.Empty));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(fields.Value[TokenField])) ? fields : Foreign;
    }

    /// <summary>Whether the browser does not say that another site sent it.</summary>
    private static bool IsOurs(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [] or ["same-origin" or "none"]
        && (request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host}" || origin == $"https://{request.Host}");
}

/// <summary>What somebody wrote into a form.</summary>
/// <param name="form">The fields.</param>
internal sealed class FormFields(IFormCollection form)
{
    /// <summary>What stands in a field, without blanks around it; empty when there is no such field.</summary>
    public string this[string name] => form[name] is [{ } text] ? text.Trim() : string.Empty;
}
