using Microsoft.AspNetCore.RequestDecompression;

namespace Farthing.Web.Http;

/// <summary>
/// Inflates bodies. Each encoding has its own way to say that a body is not what it claims to be; here all of them say it
/// as <see cref="InvalidDataException"/>, which <see cref="Failures"/> answers with 400.
/// </summary>
internal static class Inflation
{
    /// <summary>Wraps every encoding that is known.</summary>
    public static void Apply(RequestDecompressionOptions options)
    {
        foreach (var (encoding, provider) in options.DecompressionProviders.ToList())
        {
            options.DecompressionProviders[encoding] = new Provider(provider);
        }
    }

    private sealed class Provider(IDecompressionProvider provider) : IDecompressionProvider
    {
        public Stream GetDecompressionStream(Stream stream) => new InflatedBody(provider.GetDecompressionStream(stream));
    }
}

/// <summary>A body as it is inflated, read once from its beginning to its end.</summary>
/// <param name="inflated">What inflates it.</param>
internal sealed class InflatedBody(Stream inflated) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidOperationException failure)
        {
            throw NotInflatable(failure);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inflated.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException failure)
        {
            throw NotInflatable(failure);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private static InvalidDataException NotInflatable(InvalidOperationException failure) => new("The body is not what its encoding says.", failure);
}
