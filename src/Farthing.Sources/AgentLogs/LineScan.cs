using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farthing.Sources.AgentLogs;

/// <summary>
/// What a line must contain to be worth parsing. A mark has to be lossless: every line that holds something to count
/// carries it, in whatever order and spacing its JSON is written.
/// </summary>
internal interface ILineMark
{
    /// <summary>A byte of the mark, chosen rare together with <see cref="Second"/>.</summary>
    static abstract byte First { get; }

    /// <summary>Another byte of the mark, <see cref="Distance"/> behind the first.</summary>
    static abstract byte Second { get; }

    /// <summary>From the first byte to the second; at most <see cref="LineScan.Slack"/> − 32.</summary>
    static abstract int Distance { get; }

    /// <summary>Whether the mark really stands where both bytes were found.</summary>
    /// <param name="text">The bytes read so far; the first byte stands at <paramref name="at"/>.</param>
    /// <param name="at">An index into <paramref name="text"/>.</param>
    static abstract bool IsAt(ReadOnlySpan<byte> text, int at);
}

/// <summary>
/// Finds the end of a line and the mark in one pass over memory, because the bytes of a log are many and its usage few.
/// </summary>
/// <remarks>
/// JSON may spell any letter as an escape: a line with an escaped ASCII letter (<c>\u004x</c> to <c>\u007x</c>, which
/// holds the underscore too) counts as marked, so that nobody's JSON writer hides a call.
/// </remarks>
internal static class LineScan
{
    /// <summary>Readable bytes that a buffer must have behind its content.</summary>
    public const int Slack = 64;

    private const int EscapeDistance = 4;

    /// <summary>How far behind the end of the scanned bytes a mark may begin that more bytes complete.</summary>
    public const int MarkBytesMax = 32;

    /// <summary>Looks for the line feed from <paramref name="from"/> on and notes whether a mark comes before it.</summary>
    /// <returns>The index of the line feed, or −1 when there is none before <paramref name="end"/>.</returns>
    public static int FindEnd<TMark>(byte[] buffer, int from, int end, ref bool marked)
        where TMark : struct, ILineMark
    {
        var at = marked ? from : Scan<TMark>(buffer, from, end, ref marked);
        if (!marked)
        {
            return at;
        }

        var left = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
        return left < 0 ? -1 : at + left;
    }

    // Compiled at once and in full: vector code is not in the image that a program starts with, and by the time that it
    // would have been noticed as hot an import is over.
    // Returns the line feed, −1 at the end, or (marked) where to look for the line feed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Scan<TMark>(byte[] buffer, int from, int end, ref bool marked)
        where TMark : struct, ILineMark
    {
        if (end + Slack > buffer.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(end), end, "The buffer has no slack.");
        }

        ref var bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
        var lineFeed = Vector256.Create((byte)'\n');
        var first = Vector256.Create(TMark.First);
        var second = Vector256.Create(TMark.Second);
        var backslash = Vector256.Create((byte)'\\');
        var lastTwoBits = Vector256.Create((byte)3);
        var fourToSeven = Vector256.Create((byte)'7');
        for (var at = from; at < end; at += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            var markBlock = Vector256.LoadUnsafe(ref bytes, (nuint)(at + TMark.Distance));
            var escapeBlock = Vector256.LoadUnsafe(ref bytes, (nuint)(at + EscapeDistance));
            var feeds = Vector256.Equals(block, lineFeed);
            var hits = (Vector256.Equals(block, first) & Vector256.Equals(markBlock, second))
                | (Vector256.Equals(block, backslash) & Vector256.Equals(escapeBlock | lastTwoBits, fourToSeven));
            if ((feeds | hits) == Vector256<byte>.Zero)
            {
                continue;
            }

            var feedBits = feeds.ExtractMostSignificantBits();
            var hitBits = hits.ExtractMostSignificantBits();
            var feed = feedBits == 0 ? end : at + BitOperations.TrailingZeroCount(feedBits);
            if (IsMarked<TMark>(buffer.AsSpan(0, Math.Min(feed, end)), at, hitBits))
            {
                marked = true;
                return at;
            }

            if (feed < end)
            {
                return feed;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsMarked<TMark>(ReadOnlySpan<byte> text, int block, uint hits)
        where TMark : struct, ILineMark
    {
        for (; hits != 0; hits &= hits - 1)
        {
            var at = block + BitOperations.TrailingZeroCount(hits);
            if (at < text.Length && (TMark.IsAt(text, at) || IsEscapedLetter(text[at..])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEscapedLetter(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', >= (byte)'4' and <= (byte)'7', ..];
}

/// <summary>Every line is worth parsing.</summary>
internal readonly struct AnyLine : ILineMark
{
    /// <inheritdoc/>
    public static byte First => 0;

    /// <inheritdoc/>
    public static byte Second => 0;

    /// <inheritdoc/>
    public static int Distance => 0;

    /// <inheritdoc/>
    public static bool IsAt(ReadOnlySpan<byte> text, int at) => true;
}
