using System.Net;
using System.Text.RegularExpressions;
using Farthing.Web.Access;
using Farthing.Web.Dashboard.Frame;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>A link of a page.</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Title">What it says beside its text; empty for nothing.</param>
/// <param name="Text">Its text.</param>
/// <param name="Behind">The text of the next cell of its row, where it is the head of a row; empty otherwise.</param>
internal sealed record PageAnchor(string Href, string Title, string Text, string Behind)
{
    /// <summary>The exact amount that is said to be behind it; empty where none is.</summary>
    public string Exact => Title.EndsWith(" USD", StringComparison.Ordinal) ? Title : string.Empty;
}

/// <summary>A page as somebody reads it who has no browser.</summary>
internal sealed partial record ReadPage(int Status, string Html)
{
    private const int MatchMillisecondsMax = 2_000;

    /// <summary>The links of what the page is about, without the frame around it.</summary>
    public IReadOnlyList<PageAnchor> Anchors =>
    [
        .. Anchor().Matches(Html[Math.Max(Html.IndexOf("<main", StringComparison.Ordinal), 0)..]).Select(static link => new PageAnchor(
            WebUtility.HtmlDecode(Href().Match(link.Groups["attributes"].Value).Groups["value"].Value),
            WebUtility.HtmlDecode(Title().Match(link.Groups["attributes"].Value).Groups["value"].Value),
            WebUtility.HtmlDecode(link.Groups["text"].Value.Trim()),
            WebUtility.HtmlDecode(link.Groups["behind"].Value))),
    ];

    /// <summary>Opens a page by a sign-in.</summary>
    public static async Task<ReadPage> OpenAsync(TestServer server, string signIn, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
        using var answer = await server.Client.SendAsync(request, TestServer.Cancellation);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestServer.Cancellation));
    }

    /// <summary>Sends the form of a page by a sign-in; where it leads is not followed.</summary>
    public static async Task<HttpResponseMessage> PostAsync(TestServer server, string signIn, string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new(FormDoor.TokenField, FormDoor.TokenOf(signIn)), .. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        request.Headers.Add("Cookie", $"{BrowserCookie.Name}={signIn}");
        return await client.SendAsync(request, TestServer.Cancellation);
    }

    [GeneratedRegex("<a (?<attributes>[^>]*)>(?<text>[^<]*)</a>(?=(</th>\\s*<td class=\"number\">(<a href=\"[^\"]*\">)?(?<behind>[^<]+)<)?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Anchor();

    [GeneratedRegex("href=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Href();

    [GeneratedRegex("title=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Title();
}
