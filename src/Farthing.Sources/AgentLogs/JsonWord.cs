using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// Compares the names and words of a log. The general comparison lives in another assembly and cannot be inlined into a
/// compiled image; millions of these are made.
/// </summary>
internal static class JsonWord
{
    /// <summary>Whether a text is a word, byte by byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length == word.Length && Same(ref MemoryMarshal.GetReference(text), ref MemoryMarshal.GetReference(word), word.Length);

    /// <summary>Whether a string of JSON is a word, in whatever spelling.</summary>
    public static bool Means(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> word) =>
        Is(raw, word) || (raw.Length > word.Length && Is(SharedValues.Utf8(raw), word));

    // Eight bytes at a time; the last eight may overlap those before them.
    private static bool Same(ref byte left, ref byte right, int length)
    {
        if (length < sizeof(ulong))
        {
            for (var at = 0; at < length; at++)
            {
                if (Unsafe.Add(ref left, at) != Unsafe.Add(ref right, at))
                {
                    return false;
                }
            }

            return true;
        }

        var last = length - sizeof(ulong);
        for (var at = 0; at < last; at += sizeof(ulong))
        {
            if (Word(ref left, at) != Word(ref right, at))
            {
                return false;
            }
        }

        return Word(ref left, last) == Word(ref right, last);
    }

    private static ulong Word(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
}
