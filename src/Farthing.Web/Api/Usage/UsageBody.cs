using System.Buffers;
using Farthing.Web.Http;
using Farthing.Workflows;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Usage;

/// <summary>The room for bodies that are being read, all requests together.</summary>
internal sealed class BodyRoom
{
    private long taken;

    /// <summary>Takes room; false when there is none.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= UsageLimits.BodiesBytesMax)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Give(int bytes) => Interlocked.Add(ref taken, -bytes);
}

/// <summary>A whole body in memory that is rented and goes back when it is disposed.</summary>
internal sealed class UsageBody : IDisposable
{
    /// <summary>What a sender says of its body's size is not believed beyond this: more room is taken as it comes.</summary>
    private const int FirstBytesMax = 64 * 1024;

    private static readonly Problem NoRoom = new(ProblemKind.Unavailable, "intake_full", "Too many large bodies arrive at once; send this request again in a second.");
    private static readonly Problem TooLarge = new(
        ProblemKind.TooLarge, "too_large", $"The body is larger than {WebLimits.BodyBytesMax / 1024 / 1024} MiB after it is inflated; send it in parts.");

    private readonly BodyRoom room;
    private byte[] bytes = [];
    private int length;

    private UsageBody(BodyRoom room) => this.room = room;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>The bytes, for readers that keep them until the body is disposed.</summary>
    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, length);

    /// <summary>Reads the body of a request to its end.</summary>
    /// <param name="request">The request; its body is inflated as it is read.</param>
    /// <param name="room">What all bodies together may take.</param>
    /// <param name="cancellationToken">Stops when the sender is gone.</param>
    public static async Task<Result<UsageBody>> ReadAsync(HttpRequest request, BodyRoom room, CancellationToken cancellationToken)
    {
        var body = new UsageBody(room);
        var problem = NoRoom;
        try
        {
            problem = await body.FillAsync(request, cancellationToken);
            return problem is null ? body : problem;
        }
        finally
        {
            if (problem is not null)
            {
                body.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var rented = Interlocked.Exchange(ref bytes, []);
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
            room.Give(rented.Length);
        }
    }

    private async Task<Problem?> FillAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // One more byte than is told, so that the end is seen without growing.
        var wanted = (int)Math.Min(FirstBytesMax, (request.ContentLength ?? FirstBytesMax) + 1);
        while (true)
        {
            if (!TryGrow(wanted))
            {
                return NoRoom;
            }

            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            length += read;
            if (length > WebLimits.BodyBytesMax)
            {
                return TooLarge;
            }

            wanted = length == bytes.Length ? length * 2 : length;
        }
    }

    private bool TryGrow(int wanted)
    {
        if (wanted <= bytes.Length)
        {
            return true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!room.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Bytes.CopyTo(larger);
        var kept = length;
        Dispose();
        (bytes, length) = (larger, kept);
        return true;
    }
}
