using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Reads single values of somebody else's JSON. A value of the wrong kind is an answer, not an exception; only broken
/// syntax throws <see cref="JsonException"/>, which the readers turn into a warning for the line.
/// </summary>
internal static class JsonValues
{
    /// <summary>What is wrong with a line whose counts are no counts.</summary>
    public static readonly string BadCount = $"a token count is no whole number between 0 and {TokenCounts.ClassMax}";

    private const int UsdDecimals = 12;

    /// <summary>The text of a string; null for anything else, and for a string that is no Unicode text.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: the framework has no way to ask before.
            return null;
        }
    }

    /// <summary>A count: a whole number, also written as text or with a fraction of zero; null counts nothing.</summary>
    /// <returns>False when it is something else, or beyond ±<see cref="TokenCounts.ClassMax"/>.</returns>
    public static bool TryCount(ref Utf8JsonReader reader, out long count)
    {
        count = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.Number => TryWhole(ref reader, out count) && InRange(count),
            JsonTokenType.String => Utf8Parser.TryParse(reader.ValueSpan, out count, out var read)
                && read == reader.ValueSpan.Length && InRange(count),
            _ => SkipValue(ref reader),
        };
    }

    /// <summary>An instant written as ISO 8601; without an offset it is UTC.</summary>
    /// <returns>False for anything else and for instants outside 1970 to 2106, which no event can have.</returns>
    public static bool TryTime(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        return Text(ref reader) is { } text
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            && time.ToUnixTimeSeconds() is >= 0 and <= uint.MaxValue;
    }

    /// <summary>An instant written as a number of milliseconds since 1970; null when it is something else or out of range.</summary>
    public static DateTimeOffset? UnixMilliseconds(ref Utf8JsonReader reader)
    {
        const long millisecondsMax = uint.MaxValue * 1000L;
        if (reader.TokenType == JsonTokenType.Number)
        {
            return TryWhole(ref reader, out var milliseconds) && milliseconds is >= 0 and <= millisecondsMax
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>
    /// An amount of dollars as a JSON number, with an exponent too; digits beyond the twelfth decimal, which only a
    /// floating-point writer leaves behind, are rounded half-even. Null for anything else and for negative amounts.
    /// </summary>
    public static Usd? Dollars(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            reader.Skip();
            return null;
        }

        return reader.TryGetDecimal(out var usd) && usd >= 0
            ? Usd.FromDecimal(decimal.Round(usd, UsdDecimals, MidpointRounding.ToEven))
            : null;
    }

    private static bool TryWhole(ref Utf8JsonReader reader, out long whole)
    {
        if (reader.TryGetInt64(out whole))
        {
            return true;
        }

        var isWhole = reader.TryGetDecimal(out var number) && decimal.IsInteger(number)
            && number is >= long.MinValue and <= long.MaxValue;
        whole = isWhole ? (long)number : 0;
        return isWhole;
    }

    private static bool InRange(long count) => count is >= -TokenCounts.ClassMax and <= TokenCounts.ClassMax;

    private static bool SkipValue(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return false;
    }
}
