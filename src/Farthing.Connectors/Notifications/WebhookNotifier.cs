using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Notifications;

/// <summary>
/// Tells a program: the notification as JSON, with a header <c>Farthing-Signature: t=SECONDS,v1=HEX</c>, where HEX is the
/// HMAC-SHA256 under the shared secret of <c>SECONDS.BODY</c>. Whoever checks it and refuses old times cannot be fooled by
/// a forged or a repeated request; the id in the body tells a message that was sent twice.
/// </summary>
/// <param name="address">Where.</param>
/// <param name="secret">The shared secret; null sends unsigned.</param>
/// <param name="sender">Posts.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookNotifier(Uri address, string? secret, WebhookSender sender, TimeProvider time) : INotifier
{
    /// <summary>The header of the signature.</summary>
    public const string SignatureHeader = "Farthing-Signature";

    /// <summary>The header that names the message.</summary>
    public const string IdHeader = "Farthing-Id";

    /// <inheritdoc/>
    public string Channel => "webhook";

    /// <inheritdoc/>
    public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var body = message.Notification.ToJson();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { [IdHeader] = message.Id };
        if (secret is not null)
        {
            headers[SignatureHeader] = Sign(secret, time.GetUtcNow(), body);
        }

        return sender.PostAsync(address, body, headers, cancellationToken);
    }

    /// <summary>The signature of a body at a time.</summary>
    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }
}
