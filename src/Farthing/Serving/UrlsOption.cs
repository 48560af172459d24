using System.CommandLine;
using System.Net;

namespace Farthing.Serving;

/// <summary>Where a server listens.</summary>
internal sealed class UrlsOption
{
    private const string Usual = "http://127.0.0.1:7417";

    /// <summary>Creates it.</summary>
    public UrlsOption() => Option.Validators.Add(static result =>
    {
        foreach (var url in Split(result.GetValueOrDefault<string>()).Where(static url => Parse(url) is null))
        {
            result.AddError($"'{url}' is not a value of --urls; expected is http://ADDRESS:PORT, several separated by ';'. For https put a proxy in front.");
        }
    });

    /// <summary>The option.</summary>
    public Option<string> Option { get; } = new("--urls")
    {
        Description = $"Where to listen, several separated by ';'. Without it: {Usual}, which only this machine reaches.",
        HelpName = "URLS",
        DefaultValueFactory = static _ => Usual,
    };

    /// <summary>Where to listen.</summary>
    public IReadOnlyList<string> Read(ParseResult parsed) => Split(parsed.GetValue(Option));

    /// <summary>Whether only this machine reaches it.</summary>
    public static bool IsLoopback(string url) =>
        Parse(url) is { } parsed && (parsed.IsLoopback || (IPAddress.TryParse(parsed.Host, out var address) && IPAddress.IsLoopback(address)));

    private static string[] Split(string? urls) => (urls ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A star means every address of this machine, which a URL cannot say.</summary>
    private static Uri? Parse(string url) =>
        Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
        && parsed.Scheme == Uri.UriSchemeHttp && parsed.PathAndQuery == "/" ? parsed : null;
}
