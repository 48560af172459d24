using System.Buffers.Binary;
using System.Security.Cryptography;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Metering;

/// <summary>What one file yielded. Without a position when it could not be read, so that the next import tries again.</summary>
internal sealed record FileReading(ImportItem Item, IReadOnlyList<UsageEvent> Events, LogPosition? Position);

/// <summary>Opens one file where the last import stopped, makes sure that it is still the same file, and reads it.</summary>
internal static class LogFileReading
{
    private const int FirstLineBytesMax = 512;

    /// <summary>Reads one file; a file that cannot be read becomes a warning.</summary>
    public static FileReading Read(ILogFiles files, ImportPlan plan, ImportItem item, WarningList warnings)
    {
        try
        {
            using var content = files.Open(item.Root, item.File);
            var (firstLine, from) = item.Root.Shape == LogShape.Lines ? Resume(content, item) : (0, LogCheckpoint.Start);
            var reading = item.Log.Reader.Read(content, new()
            {
                Path = item.File.Path,
                From = from,
                OpenSession = key => Open(files, plan.FindSession(item.Log, key)),
            });
            warnings.Add(item.File.Path, reading.Warnings);
            return new(item, reading.Events, new(item.File, firstLine, reading.Next));
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

    private static (long FirstLineHash, LogCheckpoint From) Resume(Stream content, ImportItem item)
    {
        Span<byte> start = stackalloc byte[FirstLineBytesMax];
        var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var end = start[..read].IndexOf((byte)'\n');
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(end < 0 ? start[..read] : start[..end], hash);
        var firstLine = BinaryPrimitives.ReadInt64BigEndian(hash);
        var from = item.CanResume && item.Known!.FirstLineHash == firstLine ? item.Known.Checkpoint : LogCheckpoint.Start;
        content.Seek(from.Offset, SeekOrigin.Begin);
        return (firstLine, from);
    }
}
