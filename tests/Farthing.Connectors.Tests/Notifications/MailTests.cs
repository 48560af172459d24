using System.Text;
using Farthing.Connectors.Notifications.Mail;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Tests.Notifications;

public sealed class MailTests
{
    private const string Password = "s3cret:pass@word";

    [Fact]
    public async Task Mail_is_handed_over_after_tls_has_begun_and_the_password_only_then()
    {
        await using var server = new ScriptedMailServer(new() { StartTls = true, Auth = "PLAIN" });

        (await SendAsync(server, "smtp")).ShouldBe(Delivery.Done);

        server.Said.Take(2).ShouldBe(["EHLO farthing.invalid", "STARTTLS"]);
        server.Said.Skip(2).ShouldAllBe(static line => line.StartsWith('*'));
        server.Said[3].ShouldBe("*AUTH PLAIN " + Base64($"\0dana\0{Password}"));
        server.Said.Skip(4).Take(4).ShouldBe(["*MAIL FROM:<farthing@example.org>", "*RCPT TO:<a@example.org>", "*RCPT TO:<b@example.org>", "*DATA"]);
        BodyOf(server).ShouldBe("Look at it.");
        server.Mail.ShouldContain("Message-ID: <m-1@example.org>");
        server.Mail.ShouldContain("Subject: Budget 'core' is at 81 % of $100.00");
        server.Mail.ShouldContain("Date: Mon, 16 Nov 2026 12:00:00 +0000");
    }

    [Fact]
    public async Task Tls_from_the_first_byte_and_the_other_way_to_log_in()
    {
        await using var server = new ScriptedMailServer(new() { ImplicitTls = true, Auth = "LOGIN" });

        (await SendAsync(server, "smtps")).ShouldBe(Delivery.Done);

        server.Said.Skip(1).Take(3).ShouldBe(["*AUTH LOGIN", "*" + Base64("dana"), "*" + Base64(Password)]);
    }

    [Fact]
    public async Task Nothing_is_said_without_encryption_unless_that_is_meant()
    {
        await using var server = new ScriptedMailServer(new() { Auth = "PLAIN" });
        await using var meant = new ScriptedMailServer(new() { Auth = "PLAIN" });

        var refused = await SendAsync(server, "smtp");

        (refused.Delivered, server.Said).ShouldBe((false, server.Said));
        server.Said.ShouldBe(["EHLO farthing.invalid"]);
        (await SendAsync(meant, "smtp", "&tls=none")).ShouldBe(Delivery.Done);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_ends_it()
    {
        await using var server = new ScriptedMailServer(new() { ImplicitTls = true });
        var url = SmtpUrl.Parse($"smtps://127.0.0.1:{server.Port}?from=farthing@example.org&to=a@example.org");

        (await new MailNotifier(url, new(allowPrivate: true)).SendAsync(Samples.Message(), Samples.Cancellation)).ShouldBe(Delivery.Failed("The mail server's certificate is not trusted."));
    }

    [Theory]
    [InlineData("AUTH", "535 no\u0007", "The mail server answered 535 to AUTH PLAIN: no?")]
    [InlineData("RCPT", "550 unknown", "The mail server answered 550 to RCPT TO: unknown")]
    [InlineData("DATA", "451 later", "The mail server answered 451 to DATA: later")]
    [InlineData("EHLO", "hello", "This is no mail server.")]
    public async Task A_refusal_is_a_reason_without_secrets(string verb, string answer, string reason)
    {
        await using var server = new ScriptedMailServer(new() { Auth = "PLAIN", Answers = new Dictionary<string, string> { [verb] = answer } });

        (await SendAsync(server, "smtp", "&tls=none")).ShouldBe(Delivery.Failed(reason));
    }

    [Fact]
    public async Task A_mail_that_was_not_taken_at_the_end_is_not_delivered()
    {
        await using var server = new ScriptedMailServer(new() { Taken = "554 spam" });
        var url = SmtpUrl.Parse($"smtp://127.0.0.1:{server.Port}?from=f@example.org&to=a@example.org&tls=none");

        (await new MailNotifier(url, new(allowPrivate: true)).SendAsync(Samples.Message(), Samples.Cancellation)).Reason.ShouldContain("554");
    }

    [Fact]
    public async Task No_text_adds_a_header_or_ends_the_mail()
    {
        await using var server = new ScriptedMailServer(new());
        var url = SmtpUrl.Parse($"smtp://127.0.0.1:{server.Port}?from=f@example.org&to=a@example.org&tls=none");
        var message = Samples.Message("Hi\r\nBcc: evil@example.org\r\n\r\n.\r\nQUIT", "first\r\n.\r\nMAIL FROM:<evil@example.org>\n..two");

        (await new MailNotifier(url, new(allowPrivate: true)).SendAsync(message, Samples.Cancellation)).ShouldBe(Delivery.Done);

        server.Mail.ShouldNotContain(static line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        server.Mail.Count(static line => line.StartsWith("Subject:", StringComparison.Ordinal)).ShouldBe(1);
        BodyOf(server).ShouldBe("first\r\n.\r\nMAIL FROM:<evil@example.org>\r\n..two");
        server.Said.Count(static line => line.StartsWith("MAIL", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void A_point_at_the_beginning_of_a_line_is_doubled() => MailText.Stuff("a\r\n.\r\n..b\r\nc.d\r\n").ShouldBe("a\r\n..\r\n...b\r\nc.d\r\n.\r\n");

    [Fact]
    public void A_long_subject_is_cut_into_words_between_characters()
    {
        var subject = string.Concat(Enumerable.Repeat("ü€𝄞", 30));

        var line = MailText.Write("f@example.org", ["a@example.org"], "m", subject, "b", Samples.Noon);

        var header = line[(line.IndexOf("Subject: ", StringComparison.Ordinal) + 9)..line.IndexOf("\r\nDate", StringComparison.Ordinal)];
        header.Split("\r\n ").ShouldAllBe(static word => word.Length <= 75);
        string.Concat(header.Split("\r\n ").Select(static word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))).ShouldBe(subject);
    }

    [Theory]
    [InlineData("http://x?from=a@b.c&to=a@b.c")]
    [InlineData("smtp://x")]
    [InlineData("smtp://x?from=a@b.c")]
    [InlineData("smtp://x?from=ab.c&to=a@b.c")]
    [InlineData("smtp://x?from=a@b.c&to=a@b.c%0d%0aRCPT")]
    [InlineData("smtp://x?from=a@b.c%3E&to=a@b.c")]
    public void What_is_no_address_of_a_mail_server_is_refused(string text) => Should.Throw<FormatException>(() => SmtpUrl.Parse(text));

    [Fact]
    public void An_address_tells_no_secret()
    {
        var url = SmtpUrl.Parse("smtps://dana:s3cret@mail.example.org?from=a@b.c&to=a@b.c");

        (url.Port, url.Password, url.ToString()).ShouldBe((465, "s3cret", "smtps://mail.example.org:465"));
        SmtpUrl.Parse("smtp://mail.example.org?from=a@b.c&to=a@b.c").Port.ShouldBe(587);
    }

    private static Task<Delivery> SendAsync(ScriptedMailServer server, string scheme, string more = "")
    {
        var url = SmtpUrl.Parse($"{scheme}://dana:{Uri.EscapeDataString(Password)}@127.0.0.1:{server.Port}?from=farthing@example.org&to=a@example.org,b@example.org{more}");
        return new MailNotifier(url, new(allowPrivate: true)) { Trust = server.Trust }.SendAsync(Samples.Message(), Samples.Cancellation);
    }

    private static string BodyOf(ScriptedMailServer server) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(server.Mail.SkipWhile(static line => line.Length > 0))));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
