using System.Text.Json;
using System.Text.Json.Serialization;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Notifications;

/// <summary>A chat that takes Slack's incoming webhooks: Slack, Mattermost, Rocket.Chat, Discord under <c>/slack</c>.</summary>
/// <param name="address">The webhook; whoever has it may write, so it is never told.</param>
/// <param name="sender">Posts.</param>
public sealed class SlackNotifier(Uri address, WebhookSender sender) : INotifier
{
    private const int TextLengthMax = 3_000;

    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <inheritdoc/>
    public string Channel => "slack";

    /// <inheritdoc/>
    public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var text = $"*{Plain(message.Notification.Title)}*\n{Plain(message.Notification.Text)}";
        var body = JsonSerializer.Serialize(new SlackBody(text.Length > TextLengthMax ? text[..TextLengthMax] : text), SlackJson.Default.SlackBody);
        return sender.PostAsync(address, body, NoHeaders, cancellationToken);
    }

    /// <summary>Slack's three special characters, so that a name can neither link nor call everybody.</summary>
    private static string Plain(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

/// <summary>The body of Slack's webhook.</summary>
internal sealed record SlackBody(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SlackBody))]
internal sealed partial class SlackJson : JsonSerializerContext;
