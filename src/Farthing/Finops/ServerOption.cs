using System.CommandLine;
using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>The option that names a server to ask instead of this machine's store. Its key is in the environment only: command lines are seen by others.</summary>
internal sealed class ServerOption
{
    private const string Expected = "the address of a server such as https://farthing.example.com, without user, password, query and fragment";

    /// <summary>Makes the option.</summary>
    public ServerOption() => Option.Validators.Add(static result => ReportOptions.Check(result, "--server", static text => Parse(text) is not null, Expected));

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; } = new("--server")
    {
        Description = $"Ask a Farthing server instead of this machine's store, with the key in the environment variable {Settings.KeyName}.",
        HelpName = "URL",
    };

    /// <summary>The server; null for this machine's store.</summary>
    public Uri? Read(ParseResult parsed) => parsed.GetValue(Option) is { } text ? Parse(text) : null;

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo: "", Query: "", Fragment: "" }
            ? url
            : null;
}
