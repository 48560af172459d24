using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Texts, series and sessions repeat from line to line and from file to file: equal values become one instance, which
/// costs no memory per event and lets others recognise it by reference. A cache of fixed size per thread; a value that
/// fell out of it is only made again.
/// </summary>
internal sealed class SharedValues
{
    private const int Slots = 512;
    private const int TextBytesMax = 512;

    [ThreadStatic]
    private static SharedValues? ofThisThread;

    private readonly (byte[] Raw, string Text)[] texts = new (byte[], string)[Slots];
    private readonly Dimensions?[] series = new Dimensions?[Slots];
    private readonly Session?[] sessions = new Session?[Slots];

    /// <summary>The cache of the calling thread.</summary>
    public static SharedValues OfThisThread => ofThisThread ??= new();

    /// <summary>The text of a JSON string.</summary>
    /// <param name="raw">The bytes between its quotes, escapes and all.</param>
    public string Text(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return string.Empty;
        }

        if (raw.Length > TextBytesMax)
        {
            return Decode(raw);
        }

        ref var slot = ref texts[Hash(raw) % Slots];
        if (slot.Raw is null || !JsonWord.Is(raw, slot.Raw))
        {
            slot = (raw.ToArray(), Decode(raw));
        }

        return slot.Text;
    }

    /// <summary>The series of a call.</summary>
    public Dimensions Series(string org, string agent, string project, string branch, string provider, string model, string speed = "")
    {
        var hash = unchecked((Key(project) * 31) + Key(branch) + (Key(model) * 7919) + (uint)speed.Length);
        ref var slot = ref series[hash % Slots];
        if (slot is null || slot.Model != model || slot.Branch != branch || slot.Project != project
            || slot.Provider != provider || slot.Speed != speed || slot.Agent != agent || slot.Org != org)
        {
            slot = new()
            {
                Org = org,
                Agent = agent,
                Project = project,
                Branch = branch,
                Provider = provider,
                Model = model,
                Speed = speed,
            };
        }

        return slot;
    }

    /// <summary>The session of a call.</summary>
    public Session Session(string key, string agentVersion, string parent)
    {
        ref var slot = ref sessions[Key(key) % Slots];
        if (slot is null || slot.Key != key || slot.AgentVersion != agentVersion || slot.Parent != parent)
        {
            slot = new(key, agentVersion, parent);
        }

        return slot;
    }

    /// <summary>As <see cref="Text"/>, for texts that do not repeat.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') >= 0)
        {
            // The raw bytes hold no quote but an escaped one, so between quotes they are a JSON string again. Broken UTF-8
            // and lone surrogates are no reason to lose a call over a name.
            try
            {
                var json = new Utf8JsonReader([(byte)'"', .. raw, (byte)'"']);
                json.Read();
                return json.GetString() ?? string.Empty;
            }
            catch (Exception broken) when (broken is InvalidOperationException or JsonException)
            {
                return Encoding.UTF8.GetString(raw);
            }
        }

        return Encoding.UTF8.GetString(raw);
    }

    /// <summary>The UTF-8 of a text that does not repeat; the bytes themselves unless something in them is escaped.</summary>
    public static ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> raw) =>
        raw.IndexOf((byte)'\\') < 0 ? raw : Encoding.UTF8.GetBytes(Decode(raw));

    private static uint Hash(ReadOnlySpan<byte> raw)
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
