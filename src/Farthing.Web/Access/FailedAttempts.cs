using System.Collections.Concurrent;
using System.Net;
using Farthing.Web.Hosting;

namespace Farthing.Web.Access;

/// <summary>
/// Counts wrong keys per address. Whoever sends too many in a minute is told to wait, and what they send is not even looked
/// up; keys that were seen to be right go on working, also from behind the same proxy, since 256 random bits are not guessed.
/// </summary>
internal sealed class FailedAttempts(ServerOptions options)
{
    /// <summary>How long an address is counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int AddressesMax = 10_000;
    private readonly ConcurrentDictionary<IPAddress, Attempts> attempts = new();

    /// <summary>Whether an address has sent as many wrong keys as it may.</summary>
    public bool HasEnough(IPAddress? address) =>
        attempts.TryGetValue(address ?? IPAddress.None, out var known)
        && known.Count >= options.WrongKeysMax && options.Time.GetElapsedTime(known.Since, options.Time.GetTimestamp()) < Window;

    /// <summary>Counts a wrong key; true when there were too many.</summary>
    public bool IsOneTooMany(IPAddress? address)
    {
        if (attempts.Count >= AddressesMax)
        {
            attempts.Clear();
        }

        var now = options.Time.GetTimestamp();
        var counted = attempts.AddOrUpdate(
            address ?? IPAddress.None,
            static (_, at) => new(1, at),
            (_, known, at) => options.Time.GetElapsedTime(known.Since, at) < Window ? known with { Count = Math.Min(known.Count, options.WrongKeysMax) + 1 } : new(1, at),
            now);
        return counted.Count > options.WrongKeysMax;
    }

    private readonly record struct Attempts(int Count, long Since);
}
