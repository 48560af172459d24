using System.Globalization;

namespace Farthing.Storage;

/// <summary>
/// The address of a PostgreSQL database, <c>postgres://user:password@host:port/database?sslmode=require</c>. Its text
/// form leaves the password out, so that it may be shown and logged.
/// </summary>
public sealed record PostgresUrl
{
    private const int PortDefault = 5432;
    private const int PortMax = 65_535;
    private const int TimeoutSecondsMax = 600;

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    private PostgresUrl()
    {
    }

    /// <summary>The server: a name, an address, or the folder of a socket.</summary>
    public string Host { get; private init; } = string.Empty;

    /// <summary>The server's port.</summary>
    public int Port { get; private init; } = PortDefault;

    /// <summary>The database.</summary>
    public string Database { get; private init; } = string.Empty;

    /// <summary>The user.</summary>
    public string User { get; private init; } = string.Empty;

    /// <summary>The password; empty for none.</summary>
    public string Password { get; private init; } = string.Empty;

    /// <summary>How the connection is secured, as the <c>sslmode</c> of PostgreSQL's own programs; empty when not told.</summary>
    public string SslMode { get; private init; } = string.Empty;

    /// <summary>The file of certificates that are trusted; empty for the system's.</summary>
    public string SslRootCertificate { get; private init; } = string.Empty;

    /// <summary>How long to wait for the server, in seconds; null when not told.</summary>
    public int? ConnectTimeoutSeconds { get; private init; }

    /// <summary>Whether a text is meant as the address of a PostgreSQL database.</summary>
    public static bool IsMeant(string text) => Array.Exists(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message says why and never repeats the text, which may hold a password.</exception>
    public static PostgresUrl Parse(string text)
    {
        var scheme = Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException("the address does not begin with postgres://");
        var rest = text.AsSpan(scheme.Length);
        var query = Cut(ref rest, rest.IndexOf('?'));
        var database = Cut(ref rest, rest.IndexOf('/'));
        var at = rest.LastIndexOf('@');
        var user = at < 0 ? [] : rest[..at];
        var password = Cut(ref user, user.IndexOf(':'));
        var url = WithServer(new() { User = Decode(user), Password = Decode(password), Database = Decode(database) }, at < 0 ? rest : rest[(at + 1)..]);
        foreach (var option in query.ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            url = url.WithOption(option);
        }

        return url switch
        {
            { User.Length: 0 } => throw new FormatException("the address names no user"),
            { Host.Length: 0 } => throw new FormatException("the address names no host"),
            { Database.Length: 0 } => throw new FormatException("the address names no database"),
            _ => url,
        };
    }

    /// <summary>The address without the password and without options.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"postgres://{User}@{Host}:{Port}/{Database}");

    private static PostgresUrl WithServer(PostgresUrl url, ReadOnlySpan<char> server)
    {
        var isAddress = server.StartsWith('[');
        var close = server.IndexOf(']');
        if (isAddress && close < 0)
        {
            throw new FormatException("the address of the host has no closing bracket");
        }

        var port = isAddress ? server[(close + 1)..] : Cut(ref server, server.IndexOf(':'));
        var host = isAddress ? server[1..close] : server;
        if (isAddress)
        {
            port = port.TrimStart(':');
        }

        return url with { Host = Decode(host), Port = port.IsEmpty ? PortDefault : NumberOf(port, PortMax, "port") };
    }

    private PostgresUrl WithOption(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? option : option[..equals];
        var value = equals < 0 ? string.Empty : Decode(option.AsSpan(equals + 1));
        return name switch
        {
            "sslmode" when Array.IndexOf(SslModes, value) >= 0 => this with { SslMode = value },
            "sslmode" => throw new FormatException($"sslmode must be one of {string.Join(", ", SslModes)}"),
            "sslrootcert" => this with { SslRootCertificate = value },
            "connect_timeout" => this with { ConnectTimeoutSeconds = NumberOf(value, TimeoutSecondsMax, "connect_timeout") },
            "host" => this with { Host = value },
            "port" => this with { Port = NumberOf(value, PortMax, "port") },
            _ => throw new FormatException("the address has an option besides sslmode, sslrootcert, connect_timeout, host and port"),
        };
    }

    private static int NumberOf(ReadOnlySpan<char> text, int max, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new FormatException($"the {name} is not a number from 1 to {max}");

    /// <summary>What follows a position, which is cut off together with its character; empty when there is none.</summary>
    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> text, int at)
    {
        if (at < 0)
        {
            return [];
        }

        var after = text[(at + 1)..];
        text = text[..at];
        return after;
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);
}
