namespace Farthing.Connectors.Notifications.Mail;

/// <summary>
/// Where mail is handed over: <c>smtps://user:password@host:465?from=a@b&amp;to=c@d,e@f</c> with TLS from the first byte, or
/// <c>smtp://…:587</c>, which changes to TLS before anything is said; <c>&amp;tls=none</c> does without, for a server on this machine.
/// </summary>
public sealed record SmtpUrl
{
    private const int ImplicitTlsPort = 465;
    private const int SubmissionPort = 587;
    private const int RecipientsMax = 50;

    /// <summary>The server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether TLS begins with the connection.</summary>
    public required bool IsImplicitTls { get; init; }

    /// <summary>Whether anything may be sent without TLS.</summary>
    public required bool AllowsPlain { get; init; }

    /// <summary>The user; empty for none.</summary>
    public required string User { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>The sender's address.</summary>
    public required string From { get; init; }

    /// <summary>The recipients' addresses.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It cannot be understood; the message repeats nothing of it.</exception>
    public static SmtpUrl Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
        {
            throw new FormatException("it is no address with smtp:// or smtps://");
        }

        var parts = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => part.Split('=', 2)).ToLookup(static part => part[0], static part => part.Length > 1 ? Uri.UnescapeDataString(part[1]) : string.Empty, StringComparer.Ordinal);
        var credentials = uri.UserInfo.Split(':', 2);
        var isImplicit = uri.Scheme == "smtps";
        return new()
        {
            Host = uri.IdnHost,
            Port = uri.Port > 0 ? uri.Port : isImplicit ? ImplicitTlsPort : SubmissionPort,
            IsImplicitTls = isImplicit,
            AllowsPlain = !isImplicit && parts["tls"].FirstOrDefault() == "none",
            User = Uri.UnescapeDataString(credentials[0]),
            Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : string.Empty,
            From = Address(parts["from"].FirstOrDefault(), "from"),
            To = Recipients(parts["to"].SelectMany(static list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
        };
    }

    /// <summary>Tells no password, nor user.</summary>
    public override string ToString() => $"{(IsImplicitTls ? "smtps" : "smtp")}://{Host}:{Port}";

    private static string[] Recipients(IEnumerable<string> found)
    {
        var recipients = found.Select(static text => Address(text, "to")).ToArray();
        return recipients.Length is > 0 and <= RecipientsMax ? recipients : throw new FormatException($"'to' must name 1 to {RecipientsMax} addresses");
    }

    private static string Address(string? text, string name) =>
        text is { Length: > 2 and <= 254 } && text.Count('@') == 1 && text[0] != '@' && text[^1] != '@' && text.All(static letter => letter is > ' ' and < '\x7f' and not ('<' or '>' or ',' or '"' or '\\'))
            ? text
            : throw new FormatException($"'{name}' must be an e-mail address");
}
