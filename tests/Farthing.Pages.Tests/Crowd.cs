using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Farthing.Pages.Tests;

/// <summary>More engineers than stand on a page of a table, who made a call each, longer ago than anything else.</summary>
internal static class Crowd
{
    /// <summary>How many.</summary>
    public const int Engineers = 130;

    private const int DaysAgo = 380;

    /// <summary>The day of their calls, as addresses of pages write it.</summary>
    public static string Span { get; } = string.Create(CultureInfo.InvariantCulture, $"from={Day:yyyy-MM-dd}&to={Day:yyyy-MM-dd}");

    private static DateTimeOffset Day => new(AfternoonTime.Instance.GetUtcNow().UtcDateTime.Date.AddDays(-DaysAgo).AddHours(9), TimeSpan.Zero);

    /// <summary>Sends their calls.</summary>
    /// <param name="client">Sends to the server.</param>
    /// <param name="key">Whoever may report for others.</param>
    public static async Task SendAsync(HttpClient client, string key)
    {
        var events = Enumerable.Range(1, Engineers).Select(static number => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":"crowd-{{number}}","occurred_at":"{{Day:O}}","model":"claude-opus-4-8","input_tokens":{{number * 9_973}},"output_tokens":{{number * 499}},
             "cache_read_tokens":{{number * 20_011}},"user":"engineer-{{number:000}}","session":"crowd-{{number}}"}
            """));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage") { Content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"accepted\":{Engineers}");
    }
}
