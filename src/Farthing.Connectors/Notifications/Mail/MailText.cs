using System.Globalization;
using System.Text;

namespace Farthing.Connectors.Notifications.Mail;

/// <summary>A mail as it goes over the wire: ASCII only, lines of at most 76 characters, headers that no text can add to.</summary>
internal static class MailText
{
    private const int EncodedBytesMax = 45;
    private const string Newline = "\r\n";

    /// <summary>Writes a mail.</summary>
    /// <param name="from">The sender's address, checked.</param>
    /// <param name="to">The recipients' addresses, checked.</param>
    /// <param name="id">Names the mail; the same for the same message.</param>
    /// <param name="subject">The subject, any text.</param>
    /// <param name="body">The body, any text.</param>
    /// <param name="at">When.</param>
    public static string Write(string from, IReadOnlyList<string> to, string id, string subject, string body, DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.Append("From: Farthing <").Append(from).Append('>').Append(Newline);
        text.Append("To: ").AppendJoin("," + Newline + " ", to).Append(Newline);
        text.Append("Subject: ").Append(EncodeHeader(subject)).Append(Newline);
        text.Append("Date: ").Append(at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append(Newline);
        text.Append("Message-ID: <").Append(id).Append('@').Append(from.AsSpan(from.IndexOf('@', StringComparison.Ordinal) + 1)).Append('>').Append(Newline);
        text.Append("Auto-Submitted: auto-generated").Append(Newline);
        text.Append("MIME-Version: 1.0").Append(Newline);
        text.Append("Content-Type: text/plain; charset=utf-8").Append(Newline);
        text.Append("Content-Transfer-Encoding: base64").Append(Newline).Append(Newline);
        var bytes = Encoding.UTF8.GetBytes(body.ReplaceLineEndings(Newline));
        text.Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings(Newline)).Append(Newline);
        return text.ToString();
    }

    /// <summary>
    /// Doubles the point that a line begins with, so that no line of the text ends the mail early, and ends it.
    /// </summary>
    public static string Stuff(string mail)
    {
        var lines = mail.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return string.Concat(lines.Select(static line => (line.StartsWith('.') ? "." : string.Empty) + line + Newline)) + "." + Newline;
    }

    /// <summary>A header's text: plain when it is short printable ASCII, else in words of base64, which hold no line end.</summary>
    private static string EncodeHeader(string text)
    {
        if (text.Length <= EncodedBytesMax && text.All(static letter => letter is >= ' ' and < '\x7f') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var words = new List<string>();
        var word = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > EncodedBytesMax)
            {
                words.Add(Encode(word));
                length = 0;
            }

            word.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            length += rune.Utf8SequenceLength;
        }

        words.Add(Encode(word));
        return string.Join(Newline + " ", words);
    }

    private static string Encode(StringBuilder word)
    {
        var encoded = $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=";
        word.Clear();
        return encoded;
    }
}
