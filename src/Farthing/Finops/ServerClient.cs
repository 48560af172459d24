using System.Globalization;
using System.Net;
using System.Text.Json;
using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>What a server answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON; empty for 204.</param>
/// <param name="Next">The path and query of the next page; null when there is none.</param>
internal sealed record ServerReply(HttpStatusCode Status, byte[] Body, string? Next);

/// <summary>
/// Speaks to a Farthing server. Redirects are not followed, because they would carry the key elsewhere; answers are bounded;
/// whatever goes wrong is told in a sentence that says what to do.
/// </summary>
internal sealed class ServerClient : IDisposable
{
    private const long AnswerBytesMax = 64 * 1024 * 1024;
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Uri server;
    private readonly HttpClient http;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="server">The address, with a slash at its end.</param>
    /// <param name="key">The key; null when there is none in the environment.</param>
    /// <exception cref="SettingsException">There is no key, or it is none.</exception>
    public ServerClient(Uri server, string? key)
    {
        this.server = server;
        var bearer = Check(key);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience, MaxResponseContentBufferSize = AnswerBytesMax };
        http.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        http.DefaultRequestHeaders.Accept.Add(new(Json));
        http.DefaultRequestHeaders.Accept.Add(new(ProblemJson));
    }

    /// <summary>Whether the key would go over a network where others can read it.</summary>
    public static bool IsOpen(Uri server) => server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback;

    /// <summary>Reads something that must be there.</summary>
    /// <param name="path">The path behind <c>/api/v1/</c>, with its query.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AnswerException">There is no answer, or a refusal.</exception>
    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, body: null, cancellationToken)).Body;

    /// <summary>Asks and refuses what is no success.</summary>
    public async Task<ServerReply> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, "api/v1/" + path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(Json) } };
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode && IsExpected(response)
                ? new(response.StatusCode, bytes, NextOf(response))
                : throw Refusal(response, bytes);
        }
        catch (HttpRequestException failure)
        {
            throw new AnswerException($"{Name} cannot be reached: {Innermost(failure)} Is 'farthing serve' running there?", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AnswerException($"{Name} did not answer within {Patience.TotalSeconds:0} seconds; try fewer days, or again.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private string Name => DisplayText.Clean(server.AbsoluteUri.TrimEnd('/'));

    private static string Check(string? key) => key switch
    {
        null => throw new SettingsException(
            $"Set the environment variable {Settings.KeyName} to a key of that server; 'farthing keys create' makes one there. It is never taken from the command line."),
        _ when key.AsSpan().ContainsAnyExceptInRange('!', '~') => throw new SettingsException($"{Settings.KeyName} is no key: it has characters that no key has. Keys look like fk_abcdefgh_…"),
        _ => key,
    };

    private static bool IsExpected(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NoContent || IsOf(response, Json);

    private static bool IsOf(HttpResponseMessage response, string type) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, type, StringComparison.OrdinalIgnoreCase);

    private AnswerException Refusal(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new($"{Name} sends on to {DisplayText.Clean(response.Headers.Location?.ToString() ?? "nowhere")}; name that address with --server.");
        }

        var detail = IsOf(response, ProblemJson) ? DetailOf(body) : null;
        return (status, detail) switch
        {
            (401, { }) => new($"{Name} does not accept the key in {Settings.KeyName}: {detail}. It may be mistyped, revoked or of another server."),
            (403, { }) => new($"The role of the key in {Settings.KeyName} does not allow that: {detail}.") { IsForbidden = true },
            (429, { }) => new($"{Name} is asked too often: {detail}.{WaitOf(response)}"),
            (_, { }) => new($"{Name} refuses: {detail}."),
            _ => new($"{Name} does not answer like a Farthing server (HTTP {status}, {TypeOf(response)}); check the address, and that the server is as new as this program."),
        };
    }

    private static string? DetailOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("detail", out var detail)
                && detail.ValueKind == JsonValueKind.String
                    ? DisplayText.Clean(detail.GetString()!).TrimEnd('.')
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string WaitOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait ? string.Create(CultureInfo.InvariantCulture, $" Try again in {wait.TotalSeconds:0} seconds.") : string.Empty;

    private static string TypeOf(HttpResponseMessage response) => DisplayText.Clean(response.Content.Headers.ContentType?.MediaType ?? "no content");

    /// <summary>The next page of a list: <c>Link: &lt;/api/v1/…?after=…&gt;; rel="next"</c>, as a path behind <c>/api/v1/</c>.</summary>
    private static string? NextOf(HttpResponseMessage response)
    {
        const string Root = "/api/v1/";
        if (!response.Headers.TryGetValues("Link", out var links) || links.FirstOrDefault(static link => link.Contains("rel=\"next\"", StringComparison.Ordinal)) is not { } link)
        {
            return null;
        }

        var (open, close) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        var path = open >= 0 && close > open ? link[(open + 1)..close] : string.Empty;
        return path.IndexOf(Root, StringComparison.Ordinal) is >= 0 and var at ? path[(at + Root.Length)..] : null;
    }

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        var message = DisplayText.Clean(failure.Message).TrimEnd('.');
        return message + ".";
    }
}
