using Farthing.Connectors.Notifications;
using Farthing.Connectors.Notifications.Mail;
using Farthing.Workflows.Notifying;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Serving;

/// <summary>The ways in which a server tells people: one line each. The only class of the host that names them.</summary>
internal static class ServerNotifiers
{
    /// <summary>Adds those that the settings name.</summary>
    /// <exception cref="SettingsException">A setting cannot be understood.</exception>
    public static void AddTo(IServiceCollection services, NotifierSettings settings, TimeProvider time)
    {
        var dialing = new SafeDialing(settings.AllowsPrivate);
        services.AddSingleton(_ => new WebhookSender(dialing));
        if (MailOf(settings) is { } mail)
        {
            Require(dialing, NotifierSettings.MailName, mail.Host);
            services.AddSingleton<INotifier>(new MailNotifier(mail, dialing));
        }

        if (settings.Slack is { } slack)
        {
            Require(dialing, NotifierSettings.SlackName, slack.DnsSafeHost);
            services.AddSingleton<INotifier>(provider => new SlackNotifier(slack, provider.GetRequiredService<WebhookSender>()));
        }

        if (settings.Webhook is { } webhook)
        {
            Require(dialing, NotifierSettings.WebhookName, webhook.DnsSafeHost);
            var secret = settings.Secret;
            services.AddSingleton<INotifier>(provider => new WebhookNotifier(webhook, secret, provider.GetRequiredService<WebhookSender>(), time));
        }
    }

    /// <summary>Better at the start than when the first message is given up. Other names are judged when they are dialled.</summary>
    private static void Require(SafeDialing dialing, string name, string host)
    {
        if (!dialing.MayAllow(host))
        {
            throw new SettingsException($"{name} is an address of this machine or of a private network; {NotifierSettings.PrivateName}=true allows that.");
        }
    }

    private static SmtpUrl? MailOf(NotifierSettings settings)
    {
        try
        {
            return settings.Mail is { } text ? SmtpUrl.Parse(text) : null;
        }
        catch (FormatException failure)
        {
            throw new SettingsException(
                $"{NotifierSettings.MailName} cannot be understood: {failure.Message}; expected is smtps://user:password@host?from=ADDRESS&to=ADDRESS,ADDRESS.", failure);
        }
    }
}
