using System.Buffers.Text;
using System.Text.Json;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Numbers of logs that are written by JavaScript, where a count may come as text, with a fraction of zero, or below zero.
/// </summary>
internal static class JsonNumbers
{
    /// <summary>What is wrong with a line whose counts are no counts.</summary>
    public static readonly string BadCount = $"a token count is no whole number between 0 and {TokenCounts.ClassMax}";

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
