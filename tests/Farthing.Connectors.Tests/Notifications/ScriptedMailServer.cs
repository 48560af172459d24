using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Farthing.Connectors.Tests.Notifications;

/// <summary>A small mail server on a free port of this machine: it offers what a test wants, and keeps what it is told.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = NewCertificate();
    private readonly MailScript script;
    private readonly Task running;

    public ScriptedMailServer(MailScript script)
    {
        this.script = script;
        listener.Start();
        running = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Each line that came, with * before those that came over TLS.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The lines of the mail, as they came, without the last point.</summary>
    public List<string> Mail { get; } = [];

    /// <summary>Trusts this server and no other.</summary>
    public RemoteCertificateValidationCallback Trust => (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
#pragma warning disable VSTHRD003 // The loop is this object's own and waits for nobody who waits for it.
        await running;
#pragma warning restore VSTHRD003
        certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await TalkAsync(client.GetStream());
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, which is a test's business.
        }
    }

    private async Task TalkAsync(Stream plain)
    {
        var stream = script.ImplicitTls ? await SecureAsync(plain) : plain;
        await TellAsync(stream, "220 ready");
        while (await ReadAsync(stream) is { } line)
        {
            Said.Add((stream is SslStream ? "*" : string.Empty) + line);
            var verb = line.Split(' ')[0];
            if (verb == "STARTTLS")
            {
                await TellAsync(stream, "220 go ahead");
                stream = await SecureAsync(stream);
                continue;
            }

            await TellAsync(stream, script.Answers.GetValueOrDefault(verb) ?? Usual(verb, stream is SslStream));
            if (verb == "DATA")
            {
                await ReadMailAsync(stream);
                await TellAsync(stream, script.Taken);
            }
        }
    }

    private string Usual(string verb, bool isSecure) => verb switch
    {
        "EHLO" => $"250-hello\r\n{(script.StartTls && !isSecure ? "250-STARTTLS\r\n" : string.Empty)}{(script.Auth is { } ways ? $"250-AUTH {ways}\r\n" : string.Empty)}250 8BITMIME",
        "DATA" => "354 go on",
        "AUTH" => script.Auth == "LOGIN" ? "334 VXNlcm5hbWU6" : "235 fine",
        _ when script.Auth == "LOGIN" && Said.Count(static line => !line.Contains(' ', StringComparison.Ordinal)) == 1 => "334 UGFzc3dvcmQ6",
        _ when script.Auth == "LOGIN" && !"MAIL RCPT QUIT".Contains(verb, StringComparison.Ordinal) => "235 fine",
        _ => "250 fine",
    };

    private async Task ReadMailAsync(Stream stream)
    {
        while (await ReadAsync(stream) is { } line && line != ".")
        {
            Mail.Add(line);
        }
    }

    private async Task<SslStream> SecureAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(certificate);
        return secured;
    }

    private static async Task TellAsync(Stream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"));

    private static async Task<string?> ReadAsync(Stream stream)
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(one) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}

/// <summary>What a mail server offers and answers.</summary>
internal sealed record MailScript
{
    /// <summary>Whether TLS begins with the connection.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Whether it offers TLS.</summary>
    public bool StartTls { get; init; }

    /// <summary>The ways to log in: PLAIN or LOGIN; null for none.</summary>
    public string? Auth { get; init; }

    /// <summary>Other answers than the usual, by verb.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>What it says when it has the mail.</summary>
    public string Taken { get; init; } = "250 taken";
}
