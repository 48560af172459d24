using System.Globalization;
using System.Net;
using System.Text;

namespace Farthing.Tests.Serving;

/// <summary>One thing that a client asks for; the same ids however often it is asked.</summary>
/// <param name="Path">Where.</param>
/// <param name="Body">What.</param>
internal sealed record Ask(string Path, string Body);

/// <summary>
/// A client that does one job after the other: gives credit, holds it, captures or releases the hold, charges a run and
/// reports usage. When the connection breaks it does not know what became of its request, and asks for the same again.
/// </summary>
internal sealed class StubbornClient(int number)
{
    private const int StepsPerJob = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private int step;

    public string Wallet => string.Create(CultureInfo.InvariantCulture, $"wallet-{number % 3}");

    /// <summary>Goes on until the connection breaks, and tells of every answer.</summary>
    public async Task WorkAsync(Uri server, SemaphoreSlim answered)
    {
        using var http = Open(server);
        while (await TryAsync(http, AskOf(step)))
        {
            step++;
            answered.Release();
        }
    }

    /// <summary>Ends the job that it is in the middle of.</summary>
    public async Task FinishJobAsync(Uri server)
    {
        using var http = Open(server);
        do
        {
            (await TryAsync(http, AskOf(step))).ShouldBeTrue();
            step++;
        }
        while (step % StepsPerJob != 0);
    }

    /// <summary>Everything that was acknowledged.</summary>
    public IEnumerable<Ask> Done => Enumerable.Range(0, step).Select(AskOf);

    /// <summary>How many of the acknowledged steps were of a kind.</summary>
    public int Count(Func<Ask, bool> kind) => Done.Count(kind);

    private static HttpClient Open(Uri server)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = Patience };
        http.DefaultRequestHeaders.Add("x-admin-key", ServerProcess.AdminKey);
        return http;
    }

    private static async Task<bool> TryAsync(HttpClient http, Ask ask)
    {
        try
        {
            using var content = new StringContent(ask.Body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(ask.Path, UriKind.Relative), content);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted], $"{ask.Path} {text}");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Ask AskOf(int index)
    {
        var job = string.Create(CultureInfo.InvariantCulture, $"{number}-{index / StepsPerJob}");
        return (index % StepsPerJob) switch
        {
            0 => new($"/api/v1/wallets/{Wallet}/grants", $$"""{"id":"grant-{{job}}","category":"promo","amount":"5"}"""),
            1 => new($"/api/v1/wallets/{Wallet}/holds", $$"""{"id":"hold-{{job}}","amount":"1"}"""),
            2 => IsReleased(index)
                ? new($"/api/v1/holds/hold-{job}/release", "{}")
                : new($"/api/v1/holds/hold-{job}/capture", """{"amount":"0.4"}"""),
            3 => new("/api/v1/runs", $$"""{"id":"run-{{job}}","plan":"plan-{{job}}","wallet":"{{Wallet}}"}"""),
            4 => new($"/api/v1/runs/run-{job}/usage", """{"total_cost":"0.1"}"""),
            5 => new($"/api/v1/runs/run-{job}/complete", """{"outcome":"failed","total_cost":"0.25"}"""),
            _ => new("/api/v1/usage", $$"""{"events":[{{Event(job, 0)}},{{Event(job, 1)}}]}"""),
        };
    }

    private static bool IsReleased(int index) => index / StepsPerJob % 3 == 2;

    private static string Event(string job, int part) =>
        $$"""{"id":"call-{{job}}-{{part}}","occurred_at":"2026-11-01T12:00:0{{part}}Z","provider":"anthropic","model":"claude-opus-4-8","input_tokens":100,"output_tokens":7,"run":"run-{{job}}"}""";
}
