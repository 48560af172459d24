using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Farthing.Domain.Usage;

namespace Farthing.Web.Api.Usage;

/// <summary>
/// Texts, series and sessions repeat from event to event and from request to request: equal values become one instance,
/// which costs no memory per event and lets the store recognise it by reference. A cache of fixed size per thread; a value
/// that fell out of it is only made again.
/// </summary>
internal sealed class SharedTexts
{
    private const int Slots = 512;
    private const int TextBytesMax = 512;

    [ThreadStatic]
    private static SharedTexts? ofThisThread;

    private readonly (byte[]? Raw, string Text)[] texts = new (byte[]?, string)[Slots];
    private readonly Dimensions?[] series = new Dimensions?[Slots];
    private readonly Session?[] sessions = new Session?[Slots];

    /// <summary>The cache of the calling thread.</summary>
    public static SharedTexts OfThisThread => ofThisThread ??= new();

    /// <summary>The text that a reader stands on; null when its UTF-8 is broken, a surrogate stands alone or it holds a NUL.</summary>
    public string? Text(ref Utf8JsonReader reader)
    {
        var raw = reader.ValueSpan;
        if (raw.IsEmpty)
        {
            return string.Empty;
        }

        if (reader.ValueIsEscaped || raw.Length > TextBytesMax)
        {
            return Decode(ref reader);
        }

        ref var slot = ref texts[HashOf(raw) % Slots];
        if (slot.Raw is null || !raw.SequenceEqual(slot.Raw))
        {
            if (Decode(ref reader) is not { } text)
            {
                return null;
            }

            slot = (raw.ToArray(), text);
        }

        return slot.Text;
    }

    /// <summary>As <see cref="Text"/>, for texts that do not repeat.</summary>
    public static string? Decode(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan) ? Encoding.UTF8.GetString(reader.ValueSpan) : null;
        }

        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The one instance of a series.</summary>
    public Dimensions Series(Dimensions wanted)
    {
        var hash = unchecked((Key(wanted.Project) * 31) + Key(wanted.Branch) + (Key(wanted.Model) * 7919) + (Key(wanted.User) * 127) + (Key(wanted.Role) * 8191)
            + (Key(wanted.Plan) * 524287) + (Key(wanted.ApiKey) * 131071) + (uint)wanted.Speed.Length);
        ref var slot = ref series[hash % Slots];
        return slot is not null && slot.Equals(wanted) ? slot : slot = wanted;
    }

    /// <summary>The session of a name, with a version of the agent.</summary>
    public Session Session(string key, string agentVersion)
    {
        ref var slot = ref sessions[unchecked((Key(key) * 31) + Key(agentVersion)) % Slots];
        return slot is not null && slot.Key == key && slot.AgentVersion == agentVersion ? slot : slot = new(key, agentVersion, Parent: string.Empty);
    }

    private static uint HashOf(ReadOnlySpan<byte> raw)
    {
        unchecked
        {
            var hash = (ulong)raw.Length * 0x9E3779B97F4A7C15;
            for (; raw.Length >= sizeof(ulong); raw = raw[sizeof(ulong)..])
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(raw)) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            foreach (var letter in raw)
            {
                hash = (hash ^ letter) * 0x100000001B3;
            }

            return (uint)(hash >> 32);
        }
    }

    // Ends differ where beginnings repeat: paths, versions and ids alike.
    private static uint Key(string text)
    {
        unchecked
        {
            var hash = (uint)text.Length;
            for (var at = Math.Max(0, text.Length - 6); at < text.Length; at++)
            {
                hash = (hash * 31) + text[at];
            }

            return hash;
        }
    }
}
