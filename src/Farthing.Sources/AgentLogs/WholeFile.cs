using System.Buffers;

namespace Farthing.Sources.AgentLogs;

/// <summary>The bytes of a log that is rewritten as a whole, without the padding that a crash leaves at its end.</summary>
internal sealed class WholeFile : IDisposable
{
    /// <summary>A larger file is not read.</summary>
    public const int BytesMax = 64 << 20;

    /// <summary>What to say of a larger file.</summary>
    public static readonly string TooLarge = $"the file is larger than {BytesMax >> 20} MiB";

    private const int FirstRead = 16 << 10;
    private readonly byte[] buffer;
    private readonly int start;
    private readonly int end;

    private WholeFile(byte[] buffer, int length)
    {
        this.buffer = buffer;
        Length = length;
        start = buffer.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        end = start + buffer.AsSpan(start, length - start).TrimEnd((byte)0).Length;
    }

    /// <summary>The content, without byte order mark and trailing NULs.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(start, end - start);

    /// <summary>The length of the file.</summary>
    public int Length { get; }

    /// <summary>Reads to the end.</summary>
    /// <returns>Null when there are more than <see cref="BytesMax"/> bytes.</returns>
    public static WholeFile? Read(Stream content)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(FirstRead);
        var length = 0;
        for (;;)
        {
            var read = content.Read(bytes, length, bytes.Length - length);
            if (read == 0)
            {
                return new(bytes, length);
            }

            length += read;
            if (length > BytesMax)
            {
                ArrayPool<byte>.Shared.Return(bytes);
                return null;
            }

            if (length == bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
                bytes.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(bytes);
                bytes = larger;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
