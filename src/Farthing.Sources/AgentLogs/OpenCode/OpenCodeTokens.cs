using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.OpenCode;

/// <summary>The counts of a message as OpenCode writes them. Input never includes what the cache served or took.</summary>
internal record struct OpenCodeTokens
{
    private const int MajorApart = 1;
    private const int MinorApart = 4;

    private long input;
    private long output;
    private long reasoning;
    private long read;
    private long write;
    private long total;

    /// <summary>Whether anything was used.</summary>
    public readonly bool Any => (input | output | reasoning | read | write | total) != 0;

    /// <summary>Whether a total is told but nothing of what it is made of.</summary>
    public readonly bool IsTotalOnly => (input | output | reasoning | read | write) == 0 && total != 0;

    /// <summary>
    /// Whether reasoning is counted beside output, as now, or within it, as older versions did (and charged it again). The
    /// provider's total proves it; without one the version of the session decides.
    /// </summary>
    /// <param name="provider">The provider as OpenCode spells it; Gemini has always counted thoughts beside its output.</param>
    /// <param name="version">The version of OpenCode that opened the session; null when unknown.</param>
    /// <param name="inferred">Whether no total proved it.</param>
    public readonly bool ReasoningIsApart(string? provider, string? version, out bool inferred)
    {
        var within = input + output + read + write;
        var apart = within + reasoning == total;
        inferred = reasoning > 0 && !apart && within != total;
        return apart
            || (inferred && (reasoning > output || IsGoogle(provider) || KeepsReasoningApart(version)));
    }

    /// <summary>
    /// Disjoint classes. Old versions subtracted what was cached from an input that had not included it: a negative
    /// input is proof, and adding it back gives the true one.
    /// </summary>
    /// <param name="reasoningIsApart">Whether reasoning has to be added to the output.</param>
    /// <param name="inferred">Set when the input had to be repaired.</param>
    public readonly TokenCounts Classes(bool reasoningIsApart, ref bool inferred)
    {
        inferred |= input < 0;
        var generated = output + (reasoningIsApart ? reasoning : 0);
        return new()
        {
            Input = input < 0 ? input + read : input,
            CacheRead = read,
            CacheWrite5m = write,
            Output = generated,

            // Some providers report a token more of reasoning than of output.
            Reasoning = Math.Min(reasoning, generated),
        };
    }

    /// <summary>Reads the object that the reader stands on.</summary>
    /// <returns>False when it is none, or a count is no count.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var valid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            valid &= reader.ValueTextEquals("cache"u8) ? TryReadCache(ref reader) : TryReadOne(ref reader);
        }

        return valid && input + read >= 0 && (output | reasoning | read | write | total) >= 0;
    }

    /// <summary>The counts as they were written.</summary>
    public override readonly string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{input} {output} {reasoning} {read} {write} {total}");

    private static bool IsGoogle(string? provider) =>
        provider?.StartsWith("google", StringComparison.OrdinalIgnoreCase) ?? false;

    // At the latest from 1.4 on; 0.0.0 is what a build from source calls itself.
    private static bool KeepsReasoningApart(string? version)
    {
        var parts = (version ?? string.Empty).Split('.', 3);
        return parts.Length == 3
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var minor)
            && (major, minor).CompareTo((MajorApart, MinorApart)) >= 0;
    }

    private bool TryReadOne(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("input"u8))
        {
            return Count(ref reader, out input);
        }

        if (reader.ValueTextEquals("output"u8))
        {
            return Count(ref reader, out output);
        }

        if (reader.ValueTextEquals("reasoning"u8))
        {
            return Count(ref reader, out reasoning);
        }

        if (reader.ValueTextEquals("total"u8))
        {
            return Count(ref reader, out total);
        }

        reader.Read();
        reader.Skip();
        return true;
    }

    private bool TryReadCache(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return true;
        }

        var valid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRead = reader.ValueTextEquals("read"u8);
            var isWrite = reader.ValueTextEquals("write"u8);
            if (isRead || isWrite)
            {
                valid &= isRead ? Count(ref reader, out read) : Count(ref reader, out write);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return valid;
    }

    private static bool Count(ref Utf8JsonReader reader, out long count)
    {
        reader.Read();
        return JsonNumbers.TryCount(ref reader, out count);
    }
}
