using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Farthing.Workflows.Access;

/// <summary>
/// Makes keys and knows their bearers. What the store knows about a key is remembered for five seconds, so that a busy
/// client costs one read in that time; a change made through this process counts at once, one of another process within
/// those seconds.
/// </summary>
/// <param name="keys">Where keys are kept.</param>
/// <param name="pepper">
/// The secret under which hashes are made. It is not in the table of keys: it stands in a file of its own or in the
/// settings, unless nodes on PostgreSQL that are told none share one in the database's table of settings.
/// </param>
/// <param name="time">The clock.</param>
public sealed class KeyRing(IKeys keys, KeyPepper pepper, TimeProvider time)
{
    private const int RememberedMax = 10_000;

    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(5);

    private static readonly Problem Unknown = new(ProblemKind.Unauthenticated, "unauthenticated", "Invalid API key");

    private static readonly Problem Revoked = Unknown with { Detail = "This API key was revoked; ask your admin for another one." };

    private static readonly Problem Expired = Unknown with { Detail = "This API key has expired; ask your admin for another one." };

    private static readonly Problem Deactivated = new(ProblemKind.Forbidden, "account_deactivated", "Account deactivated");

    private readonly ConcurrentDictionary<string, Remembered> remembered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> real = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private long generation;

    /// <summary>Makes a secret for a key.</summary>
    public NewKey Make(ApiKey key) => Make(key, KeyKind.Key);

    /// <summary>Makes a secret of any kind.</summary>
    internal NewKey Make(ApiKey key, KeyKind kind)
    {
        var text = KeyText.New(kind);
        NoteReal(text.Prefix);
        return new(new(key with { Prefix = text.Prefix, LastFour = text.LastFour }, pepper.Hash(text.Secret)), text.ToString());
    }

    /// <summary>
    /// Whether a text may be a key: its prefix was once seen to be of one, in this process. It costs nothing to ask, so that
    /// whoever has tried too many wrong keys can be refused before anything is read.
    /// </summary>
    public bool MayBeReal(string presented) => KeyText.Parse(presented) is { } text && real.ContainsKey(text.Prefix);

    /// <summary>Who presents a key, or why it is refused.</summary>
    /// <param name="presented">The text that claims to be a key.</param>
    /// <param name="requestId">Names the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Result<Caller>> VerifyAsync(string presented, string requestId, CancellationToken cancellationToken) =>
        VerifyAsync(KeyText.Parse(presented), requestId, cancellationToken);

    /// <summary>Who presents a secret, which was taken apart; null is refused like a wrong one.</summary>
    internal async ValueTask<Result<Caller>> VerifyAsync(KeyText? text, string requestId, CancellationToken cancellationToken)
    {
        var holder = text is { } parsed ? await FindAsync(parsed.Prefix, cancellationToken) : null;

        // The hash is made and compared for unknown keys too, so that time does not tell which prefixes exist.
        var proven = CryptographicOperations.FixedTimeEquals(pepper.Hash(text?.Secret ?? string.Empty), holder?.Stored.Hash ?? pepper.NoHash);
        if (holder is null || !proven)
        {
            return Unknown;
        }

        var (key, now) = (holder.Stored.Key, time.GetUtcNow());
        if (RefusalOf(holder, now) is { } refusal)
        {
            return refusal;
        }

        // A browser that was let in by a key is let in as long as that key works.
        if (SignInName.KeyPrefixOf(key) is { } source && (await FindAsync(source, cancellationToken) is not { } by || RefusalOf(by, now) is not null))
        {
            return Revoked;
        }

        used[key.Id] = now;
        return new Caller { Org = key.Org, Role = key.Role, KeyId = key.Id, EngineerId = key.EngineerId ?? string.Empty, TeamId = holder.TeamId, RequestId = requestId };
    }

    /// <summary>Forgets what it remembers: somebody changed keys or their owners.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        remembered.Clear();
    }

    /// <summary>Keeps which keys were used since the last time; to be called once a minute.</summary>
    public async Task KeepUsesAsync(CancellationToken cancellationToken)
    {
        var uses = Interlocked.Exchange(ref used, new(StringComparer.Ordinal));
        if (!uses.IsEmpty)
        {
            await keys.TouchAsync(uses, cancellationToken);
        }
    }

    private static Problem? RefusalOf(KeyHolder holder, DateTimeOffset now) => holder switch
    {
        { Stored.Key.RevokedAt: not null } => Revoked,
        { Stored.Key.ExpiresAt: { } expires } when expires <= now => Expired,
        { IsActive: false } => Deactivated,
        _ => null,
    };

    private async ValueTask<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (remembered.TryGetValue(prefix, out var known) && time.GetElapsedTime(known.At, now) < RememberedFor)
        {
            return known.Holder;
        }

        var asked = Interlocked.Read(ref generation);
        var holder = await keys.FindAsync(prefix, cancellationToken);
        if (holder is null)
        {
            return null;
        }

        NoteReal(prefix);
        if (remembered.Count >= RememberedMax)
        {
            remembered.Clear();
        }

        // What was read before a change must not be remembered after it.
        remembered[prefix] = new(holder, now);
        if (Interlocked.Read(ref generation) != asked)
        {
            remembered.TryRemove(prefix, out _);
        }

        return holder;
    }

    private void NoteReal(string prefix)
    {
        if (real.Count >= RememberedMax)
        {
            real.Clear();
        }

        real[prefix] = true;
    }

    private readonly record struct Remembered(KeyHolder Holder, long At);
}

/// <summary>The secret under which keys are hashed: without it the table of keys is worth nothing.</summary>
public sealed class KeyPepper
{
    /// <summary>The fewest bytes of a pepper.</summary>
    public const int BytesMin = 32;

    private readonly byte[] secret;

    /// <summary>Takes the secret.</summary>
    /// <param name="secret">At least <see cref="BytesMin"/> bytes.</param>
    public KeyPepper(byte[] secret)
    {
        if (secret.Length < BytesMin)
        {
            throw new ArgumentException($"A pepper has at least {BytesMin} bytes.", nameof(secret));
        }

        this.secret = secret;
        NoHash = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    }

    /// <summary>What no secret hashes to.</summary>
    internal byte[] NoHash { get; }

    /// <summary>HMAC-SHA256 of a key's secret.</summary>
    internal byte[] Hash(string keySecret) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(keySecret));
}
