using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farthing.Sources.AgentLogs;

/// <content>Passing over strings, numbers and whatever is nested.</content>
internal ref partial struct JsonCursor
{
    private const int BitsPerWord = 64;

    // Loops instead of calling itself: depth is somebody else's choice.
    private void SkipNested()
    {
        Span<ulong> isObject = stackalloc ulong[JsonLines.DepthMax / BitsPerWord];
        var depth = 0;
        do
        {
            if (Peek is (byte)'{' or (byte)'[')
            {
                if (depth == JsonLines.DepthMax)
                {
                    Break();
                    return;
                }

                var bit = 1UL << (depth % BitsPerWord);
                ref var word = ref isObject[depth / BitsPerWord];
                word = Peek == '{' ? word | bit : word & ~bit;
                depth++;
                at++;
                SkipSpace();
                if (Peek != Closing(isObject, depth))
                {
                    SkipNameIn(isObject, depth);
                    continue;
                }
            }
            else
            {
                SkipLeaf();
            }

            depth = CloseAll(isObject, depth);
        }
        while (depth > 0 && !IsBroken);
    }

    // Behind a value: closes what ends here and stops where the next value begins.
    private int CloseAll(scoped ReadOnlySpan<ulong> isObject, int depth)
    {
        while (depth > 0)
        {
            SkipSpace();
            var next = Peek;
            if (next == Closing(isObject, depth))
            {
                at++;
                depth--;
                continue;
            }

            if (next != ',')
            {
                Break();
                return depth;
            }

            at++;
            SkipSpace();
            SkipNameIn(isObject, depth);
            return depth;
        }

        return depth;
    }

    private static bool IsObject(scoped ReadOnlySpan<ulong> isObject, int depth) =>
        (isObject[(depth - 1) / BitsPerWord] & (1UL << ((depth - 1) % BitsPerWord))) != 0;

    private static byte Closing(scoped ReadOnlySpan<ulong> isObject, int depth) => IsObject(isObject, depth) ? (byte)'}' : (byte)']';

    private void SkipNameIn(scoped ReadOnlySpan<ulong> isObject, int depth)
    {
        if (IsObject(isObject, depth))
        {
            Name();
        }
    }

    private void SkipLeaf()
    {
        if (Peek == '"')
        {
            String();
        }
        else
        {
            SkipScalar();
        }
    }

    private void SkipScalar()
    {
        var rest = text[Math.Min(at, text.Length)..];
        var length = rest switch
        {
            [(byte)'t', ..] => rest.StartsWith("true"u8) ? 4 : 0,
            [(byte)'f', ..] => rest.StartsWith("false"u8) ? 5 : 0,
            [(byte)'n', ..] => rest.StartsWith("null"u8) ? 4 : 0,
            _ => JsonNumber.LengthOf(rest),
        };
        if (length == 0)
        {
            Break();
        }
        else
        {
            at += length;
        }
    }

    // Digits only, and few enough to be a count; consumes nothing otherwise.
    private bool TryDigits(long max, out long value)
    {
        value = 0;
        var end = at;
        for (; end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9' && value <= max; end++)
        {
            value = (value * 10) + (text[end] - '0');
        }

        if (end == at || (text[at] == '0' && end > at + 1) || value > max || end == text.Length || text[end] is (byte)'.' or (byte)'e' or (byte)'E')
        {
            return false;
        }

        at = end;
        return true;
    }

    // From quote to quote; gives what is between them.
    private ReadOnlySpan<byte> String()
    {
        var from = at + 1;
        at = from;
        hasEscape = false;
        while (FindQuoteOrBackslash())
        {
            if (text[at] == '"')
            {
                return text[from..at++];
            }

            hasEscape = true;
            at += 2;
        }

        Break();
        return default;
    }

    private bool FindQuoteOrBackslash()
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var quote = Vector128.Create((byte)'"');
        var backslash = Vector128.Create((byte)'\\');
        var found = at;
        for (; found + Vector128<byte>.Count <= text.Length; found += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref start, (nuint)found);
            var bits = (Vector128.Equals(block, quote) | Vector128.Equals(block, backslash)).ExtractMostSignificantBits();
            if (bits != 0)
            {
                at = found + BitOperations.TrailingZeroCount(bits);
                return true;
            }
        }

        for (; found < text.Length; found++)
        {
            if (text[found] is (byte)'"' or (byte)'\\')
            {
                at = found;
                return true;
            }
        }

        return false;
    }
}
