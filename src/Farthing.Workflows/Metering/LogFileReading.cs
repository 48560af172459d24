using System.Buffers.Binary;
using System.Security.Cryptography;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>What one file yielded. Without a position when it could not be read, so that the next import tries again.</summary>
internal sealed record FileReading(ImportItem Item, IReadOnlyList<UsageEvent> Events, LogPosition? Position);

/// <summary>Opens one file where the last import stopped, makes sure that it is still the same file, and reads it.</summary>
internal static class LogFileReading
{
    private const int FirstLineBytesMax = 256;
    private const int LastBytesMax = 256;

    /// <summary>Reads one file; a file that cannot be read becomes a warning.</summary>
    public static FileReading Read(ILogFiles files, ImportPlan plan, ImportItem item, WarningList warnings)
    {
        try
        {
            using var content = files.Open(item.Root, item.File);
            var from = Resume(content, item);
            var reading = item.Log.Reader.Read(content, new()
            {
                Path = item.File.Path,
                From = from,
                OpenSession = key => Open(files, plan.FindSession(item.Log, key)),
            });
            warnings.Add(item.File.Path, reading.Warnings);
            return new(item, reading.Events, Position(content, item, reading.Next));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warnings.Add(item.File.Path, 0, failure.Message);
            return new(item, [], null);
        }
    }

    private static Stream? Open(ILogFiles files, ImportItem? item)
    {
        try
        {
            return item is null ? null : files.Open(item.Root, item.File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The child is then read as if its parent were gone; the parent's own reading reports the fault.
            return null;
        }
    }

    private static LogCheckpoint Resume(Stream content, ImportItem item)
    {
        if (!item.CanResume || Fingerprint(content, item.Known!.Checkpoint.Offset) != item.Known.Fingerprint)
        {
            if (content.CanSeek)
            {
                content.Seek(0, SeekOrigin.Begin);
            }

            return LogCheckpoint.Start;
        }

        content.Seek(item.Known.Checkpoint.Offset, SeekOrigin.Begin);
        return item.Known.Checkpoint;
    }

    private static LogPosition Position(Stream content, ImportItem item, LogCheckpoint next) =>
        new(item.File, item.Root.Shape == LogShape.Lines ? Fingerprint(content, next.Offset) : 0, next) { Agent = item.Log.Agent };

    // The first line tells another file, the last bytes that were read tell a file that was written anew.
    private static long Fingerprint(Stream content, long offset)
    {
        Span<byte> bytes = stackalloc byte[FirstLineBytesMax + LastBytesMax];
        content.Seek(0, SeekOrigin.Begin);
        var read = content.ReadAtLeast(bytes[..(int)Math.Min(FirstLineBytesMax, offset)], (int)Math.Min(FirstLineBytesMax, offset), throwOnEndOfStream: false);
        var end = bytes[..read].IndexOf((byte)'\n');
        var length = end < 0 ? read : end;
        var last = (int)Math.Min(LastBytesMax, offset);
        content.Seek(offset - last, SeekOrigin.Begin);
        length += content.ReadAtLeast(bytes.Slice(length, last), last, throwOnEndOfStream: false);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
