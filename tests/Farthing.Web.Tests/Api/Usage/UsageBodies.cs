using System.Globalization;
using System.Text.Json;

namespace Farthing.Web.Tests.Api.Usage;

/// <summary>Bodies of usage, and how tests send them.</summary>
internal static class UsageBodies
{
    /// <summary>A model with a price.</summary>
    public const string Model = "claude-sonnet-4-5";

    private const string Path = "/api/v1/usage";

    /// <summary>The time of events that tell one: an hour ago, so that it is neither old nor in the future.</summary>
    public static string At { get; } = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An event as JSON.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="more">Further members, each with a comma in front.</param>
    /// <param name="input">Uncached input tokens.</param>
    public static string Event(string id, string more = "", long input = 1_000) =>
        $$"""{"id":"{{id}}","occurred_at":"{{At}}","model":"{{Model}}","input_tokens":{{input.ToString(CultureInfo.InvariantCulture)}},"output_tokens":10{{more}}}""";

    /// <summary>A batch.</summary>
    public static string Batch(IEnumerable<string> events) => $$"""{"events":[{{string.Join(',', events)}}]}""";

    /// <summary>Sends usage as the operator, in whose organisation it is counted.</summary>
    public static Task<TestAnswer> RecordAsync(this TestServer server, string body, string query = "") =>
        server.SendAsync("POST", Path + query, TestServer.AdminKey, body);

    /// <summary>Sends bytes as they are.</summary>
    public static async Task<TestAnswer> RecordBytesAsync(this TestServer server, byte[] body, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Headers.Add("x-admin-key", TestServer.AdminKey);
        // A server that refuses a body may close the connection while it is being sent; so it is asked first.
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await server.Client.SendAsync(request, TestServer.Cancellation);
        return await TestAnswer.ReadAsync(response);
    }

    /// <summary>Sends one event and returns what became of it, accepted or not.</summary>
    public static async Task<JsonElement> RecordOneAsync(this TestServer server, string body)
    {
        var answer = await server.RecordAsync(body, "?items=all");
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json.GetProperty("items")[0];
    }

    /// <summary>The five counts of an answer and the unpriced, as <c>accepted/duplicates/superseded/conflicts/rejected/unpriced</c>.</summary>
    public static string Counts(this TestAnswer answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        string[] names = ["accepted", "duplicates", "superseded", "conflicts", "rejected", "unpriced"];
        return string.Join('/', names.Select(name => answer.Json.GetProperty(name).GetRawText()));
    }
}
