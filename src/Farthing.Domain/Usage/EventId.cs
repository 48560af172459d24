using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Farthing.Domain.Usage;

/// <summary>
/// The identity of a usage event, unique for ever: four bytes of event time (Unix seconds, big endian) and twelve bytes
/// of SHA-256 over organisation, source family and native key. The time in front keeps the index appending.
/// </summary>
/// <param name="High">The first eight bytes: time and the first four bytes of the hash.</param>
/// <param name="Low">The last eight bytes of the hash; alone it names the call whatever its time, see <see cref="Alias"/>.</param>
public readonly record struct EventId(ulong High, ulong Low)
{
    /// <summary>The length of the binary form.</summary>
    public const int Size = 16;

    /// <summary>The source family of calls that are reported to us under the reporter's own ids; part of every identity, so it never changes.</summary>
    public const string ReportedFamily = "api";

    /// <summary>The source family of the sums of a session, by model; part of every such identity, so it never changes.</summary>
    public const string SessionFamily = "session";

    private const int HashedBytes = 12;
    private const int StackMax = 512;

    /// <summary>Kept by each thread: most of the cost of a short hash is to set it up.</summary>
    [ThreadStatic]
    private static IncrementalHash? hasher;

    /// <summary>Unix seconds of the event's time.</summary>
    public uint UnixSeconds => (uint)(High >> 32);

    /// <summary>The time-free part, under which copies of the call with other times are found.</summary>
    public long Alias => unchecked((long)Low);

    /// <summary>Derives the identity of a call.</summary>
    /// <param name="occurredAt">When the call was made, 1970 to 2106.</param>
    /// <param name="org">Whose call it is; holds no NUL.</param>
    /// <param name="family">The source family, for example <c>claude</c>; holds no NUL.</param>
    /// <param name="nativeKey">The source's own key of the call, see <c>usage-formats.md</c> §6.4.</param>
    public static EventId Create(DateTimeOffset occurredAt, string org, string family, string nativeKey) =>
        Create(occurredAt, org, family, Encoding.UTF8.GetBytes(nativeKey));

    /// <summary>As the other one, for a key that is at hand as UTF-8.</summary>
    public static EventId Create(DateTimeOffset occurredAt, string org, string family, ReadOnlySpan<byte> nativeKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(org, family, nativeKey, hash);
        var seconds = checked((uint)occurredAt.ToUnixTimeSeconds());
        return new(
            ((ulong)seconds << 32) | BinaryPrimitives.ReadUInt32BigEndian(hash),
            BinaryPrimitives.ReadUInt64BigEndian(hash[4..HashedBytes]));
    }

    /// <summary>The alias under which another name of the same call (a request id, a response id) is filed.</summary>
    public static long AliasOf(string org, string family, string name) => AliasOf(org, family, Encoding.UTF8.GetBytes(name));

    /// <summary>As the other one, for a name that is at hand as UTF-8.</summary>
    public static long AliasOf(string org, string family, ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(org, family, name, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash[4..HashedBytes]);
    }

    /// <summary>Reads the binary form.</summary>
    public static EventId FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..Size]));

    /// <summary>Reads the text form of <see cref="ToString"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EventId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var parsed = text.Length == Size * 2 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = parsed ? FromBytes(bytes) : default;
        return parsed;
    }

    /// <summary>Writes the binary form, which sorts by time.</summary>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Thirty-two lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";

    private static void Hash(string org, string family, ReadOnlySpan<byte> key, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetMaxByteCount(org.Length + family.Length) + key.Length + 2;
        var text = length <= StackMax ? stackalloc byte[StackMax] : new byte[length];
        var written = Encoding.UTF8.GetBytes(org, text);
        text[written++] = 0;
        written += Encoding.UTF8.GetBytes(family, text[written..]);
        text[written++] = 0;
        key.CopyTo(text[written..]);
        hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(text[..(written + key.Length)]);
        hasher.GetHashAndReset(hash);
    }
}
