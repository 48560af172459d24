using System.Globalization;
using System.Net.Security;
using System.Text;

namespace Farthing.Connectors.Notifications.Mail;

/// <summary>A refusal of a mail server, in words that hold no secret.</summary>
internal sealed class SmtpRefusalException(string message) : Exception(message);

/// <summary>One connection to a mail server: commands and answers, each within limits.</summary>
internal sealed class SmtpDialogue(Stream stream) : IAsyncDisposable
{
    private const int LineLengthMax = 2_048;
    private const int LinesMax = 100;
    private const int TextTold = 120;

    private readonly byte[] one = new byte[1];
    private Stream stream = stream;

    /// <summary>What the server said it can, from its answer to EHLO; upper case.</summary>
    public IReadOnlyList<string> Abilities { get; private set; } = [];

    /// <summary>Begins TLS. What was said before does not count any more.</summary>
    public async Task SecureAsync(string host, RemoteCertificateValidationCallback? trust, CancellationToken cancellationToken)
    {
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = secured;
        Abilities = [];
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = trust }, cancellationToken);
    }

    /// <summary>Waits for an answer.</summary>
    /// <exception cref="SmtpRefusalException">It is none of the expected kind.</exception>
    public async Task<IReadOnlyList<string>> ExpectAsync(int kind, string what, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < LinesMax)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new SmtpRefusalException("This is no mail server.");
            }

            lines.Add(line.Length > 4 ? line[4..] : string.Empty);
            if (line.Length > 3 && line[3] == '-')
            {
                continue;
            }

            return code / 100 == kind ? lines : throw new SmtpRefusalException($"The mail server answered {code} to {what}: {Printable(lines[^1])}");
        }

        throw new SmtpRefusalException("The mail server talks without end.");
    }

    /// <summary>Says a command and waits for an answer.</summary>
    /// <param name="command">The command; it holds no line end.</param>
    /// <param name="kind">The first digit of the answer.</param>
    /// <param name="what">What a refusal calls the command; never the command itself, which may hold a secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<string>> SayAsync(string command, int kind, string what, CancellationToken cancellationToken)
    {
        if (command.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new ArgumentException("A command is one line.", nameof(command));
        }

        await WriteAsync(command + "\r\n", cancellationToken);
        return await ExpectAsync(kind, what, cancellationToken);
    }

    /// <summary>Greets, and learns what the server can.</summary>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        var lines = await SayAsync("EHLO farthing.invalid", 2, "EHLO", cancellationToken);
        Abilities = [.. lines.Skip(1).Select(static line => line.ToUpperInvariant())];
    }

    /// <summary>Sends text as it is.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>Reads byte by byte: nothing behind an answer is taken before TLS begins, so nobody can slip answers in.</summary>
    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < LineLengthMax)
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                throw new SmtpRefusalException("The mail server hung up.");
            }

            switch (one[0])
            {
                case (byte)'\n':
                    return line.ToString();
                case (byte)'\r':
                    break;
                default:
                    line.Append((char)one[0]);
                    break;
            }
        }

        throw new SmtpRefusalException("A line of the mail server is too long.");
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(TextTold).Select(static letter => letter is >= ' ' and < '\x7f' ? letter : '?'));
}
