using System.Text;

namespace Farthing;

/// <summary>
/// Whom a server tells about budgets and alerts. Addresses may hold secrets: a message about them never repeats what was
/// said.
/// </summary>
/// <param name="find">Finds the value of a setting; null when nobody said it.</param>
internal sealed class NotifierSettings(Func<string, string?> find)
{
    /// <summary>The mail server with sender and recipients.</summary>
    public const string MailName = "FARTHING_SMTP_URL";

    /// <summary>Where a program is told.</summary>
    public const string WebhookName = "FARTHING_ALERT_WEBHOOK";

    /// <summary>The secret under which that is signed.</summary>
    public const string SecretName = "FARTHING_ALERT_WEBHOOK_SECRET";

    /// <summary>The webhook of a chat.</summary>
    public const string SlackName = "FARTHING_SLACK_WEBHOOK";

    /// <summary>Whether addresses in private networks may be dialled.</summary>
    public const string PrivateName = "FARTHING_NOTIFY_PRIVATE";

    private const int SecretBytesMin = 16;

    /// <summary>Every name that is known.</summary>
    public static IReadOnlyList<string> Names { get; } = [MailName, WebhookName, SecretName, SlackName, PrivateName];

    /// <summary>The mail server as it was written; null for none.</summary>
    public string? Mail => find(MailName);

    /// <summary>Where a program is told; null for none.</summary>
    /// <exception cref="SettingsException">It is no address.</exception>
    public Uri? Webhook => Address(WebhookName);

    /// <summary>The webhook of a chat; null for none.</summary>
    /// <exception cref="SettingsException">It is no address.</exception>
    public Uri? Slack => Address(SlackName);

    /// <summary>The secret under which a program is told; null for none.</summary>
    /// <exception cref="SettingsException">It is too short to be one.</exception>
    public string? Secret => find(SecretName) is not { } secret ? null
        : Encoding.UTF8.GetByteCount(secret) >= SecretBytesMin ? secret
        : throw new SettingsException($"{SecretName} must have at least {SecretBytesMin} bytes; make one with: openssl rand -hex 32");

    /// <summary>Whether addresses in private networks may be dialled.</summary>
    /// <exception cref="SettingsException">It is neither yes nor no.</exception>
    public bool AllowsPrivate => find(PrivateName) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new SettingsException($"{PrivateName} must be 'true' or 'false'."),
    };

    /// <summary>An address; one without encryption only where private networks are allowed, for it is meant for those.</summary>
    private Uri? Address(string name) => find(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && IsWeb(address.Scheme) && address.UserInfo.Length == 0 ? address
        : throw new SettingsException($"{name} must be an address that begins with https:// and holds no password; http:// is taken with {PrivateName}=true.");

    private bool IsWeb(string scheme) => scheme == Uri.UriSchemeHttps || (scheme == Uri.UriSchemeHttp && AllowsPrivate);
}
