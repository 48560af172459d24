using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Notifications.Mail;

/// <summary>Hands mail to a server over SMTP, encrypted before anything is said unless the address allows otherwise.</summary>
/// <param name="server">The server, sender and recipients.</param>
/// <param name="dialing">Opens connections.</param>
public sealed class MailNotifier(SmtpUrl server, SafeDialing dialing) : INotifier
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);

    /// <summary>Which certificates are trusted besides the usual ones; tests have one of their own.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <inheritdoc/>
    public string Channel => "mail";

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeMax);
        try
        {
            await using var dialogue = new SmtpDialogue(await dialing.DialAsync(server.Host, server.Port, patience.Token));
            await OpenAsync(dialogue, patience.Token);
            await LogInAsync(dialogue, patience.Token);
            await HandOverAsync(dialogue, message, patience.Token);
            return Delivery.Done;
        }
        catch (SmtpRefusalException refusal)
        {
            return Delivery.Failed(refusal.Message);
        }
        catch (AuthenticationException)
        {
            return Delivery.Failed("The mail server's certificate is not trusted.");
        }
        catch (NotDialedException failure)
        {
            return Delivery.Failed(failure.Message);
        }
        catch (IOException)
        {
            return Delivery.Failed("The connection to the mail server broke.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Delivery.Failed("The mail server did not answer in time.");
        }
    }

    private async Task OpenAsync(SmtpDialogue dialogue, CancellationToken cancellationToken)
    {
        if (server.IsImplicitTls)
        {
            await dialogue.SecureAsync(server.Host, Trust, cancellationToken);
        }

        await dialogue.ExpectAsync(2, "the connection", cancellationToken);
        await dialogue.GreetAsync(cancellationToken);
        if (server.IsImplicitTls || server.AllowsPlain)
        {
            return;
        }

        if (!dialogue.Abilities.Contains("STARTTLS"))
        {
            throw new SmtpRefusalException("The mail server offers no encryption; add tls=none to its address if that is meant.");
        }

        await dialogue.SayAsync("STARTTLS", 2, "STARTTLS", cancellationToken);
        await dialogue.SecureAsync(server.Host, Trust, cancellationToken);
        await dialogue.GreetAsync(cancellationToken);
    }

    private async Task LogInAsync(SmtpDialogue dialogue, CancellationToken cancellationToken)
    {
        if (server.User.Length == 0)
        {
            return;
        }

        var ways = dialogue.Abilities.Where(static line => line.StartsWith("AUTH ", StringComparison.Ordinal)).SelectMany(static line => line.Split(' ').Skip(1)).ToHashSet(StringComparer.Ordinal);
        if (ways.Contains("PLAIN"))
        {
            await dialogue.SayAsync($"AUTH PLAIN {Base64($"\0{server.User}\0{server.Password}")}", 2, "AUTH PLAIN", cancellationToken);
        }
        else if (ways.Contains("LOGIN"))
        {
            await dialogue.SayAsync("AUTH LOGIN", 3, "AUTH LOGIN", cancellationToken);
            await dialogue.SayAsync(Base64(server.User), 3, "AUTH LOGIN", cancellationToken);
            await dialogue.SayAsync(Base64(server.Password), 2, "AUTH LOGIN", cancellationToken);
        }
        else
        {
            throw new SmtpRefusalException("The mail server takes no password by PLAIN or LOGIN.");
        }
    }

    private async Task HandOverAsync(SmtpDialogue dialogue, OutboxMessage message, CancellationToken cancellationToken)
    {
        await dialogue.SayAsync($"MAIL FROM:<{server.From}>", 2, "MAIL FROM", cancellationToken);
        foreach (var recipient in server.To)
        {
            await dialogue.SayAsync($"RCPT TO:<{recipient}>", 2, "RCPT TO", cancellationToken);
        }

        await dialogue.SayAsync("DATA", 3, "DATA", cancellationToken);
        var notification = message.Notification;
        var mail = MailText.Write(server.From, server.To, message.Id, notification.Title, notification.Text, notification.OccurredAt);
        await dialogue.WriteAsync(MailText.Stuff(mail), cancellationToken);
        await dialogue.ExpectAsync(2, "the mail", cancellationToken);

        try
        {
            await dialogue.WriteAsync("QUIT\r\n", cancellationToken);
        }
        catch (IOException)
        {
            // The mail is taken; how the connection ends changes nothing.
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
