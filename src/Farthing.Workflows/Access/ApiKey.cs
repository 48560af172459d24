namespace Farthing.Workflows.Access;

/// <summary>A key as people may see it: everything but its secret.</summary>
public sealed record ApiKey
{
    /// <summary>Whose it is.</summary>
    public required string Org { get; init; }

    /// <summary>Names it for ever, through all its secrets.</summary>
    public required string Id { get; init; }

    /// <summary>The public part of the key, eight characters, by which it is found.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The last four characters of the secret, by which people tell keys apart.</summary>
    public string LastFour { get; init; } = string.Empty;

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do; the role of its engineer when it has one.</summary>
    public required Role Role { get; init; }

    /// <summary>Whose key it is; null for a key of the organisation.</summary>
    public string? EngineerId { get; init; }

    /// <summary>Since when it exists.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last, to the minute or so; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it is refused; null when it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A key as a store keeps it.</summary>
/// <param name="Key">What may be seen.</param>
/// <param name="Hash">HMAC-SHA256 of the secret under the store's pepper, 32 bytes.</param>
public sealed record StoredKey(ApiKey Key, byte[] Hash);

/// <summary>A key that was just made.</summary>
/// <param name="Stored">What is kept.</param>
/// <param name="Secret">The key itself, shown once.</param>
public sealed record NewKey(StoredKey Stored, string Secret);

/// <summary>What a store knows about a key that is presented.</summary>
/// <param name="Stored">The key.</param>
/// <param name="TeamId">The team of its engineer; empty for none.</param>
/// <param name="IsActive">Whether its engineer is; true when it has none.</param>
public sealed record KeyHolder(StoredKey Stored, string TeamId, bool IsActive);

/// <summary>Which keys of an organisation are meant.</summary>
public sealed record KeyQuery
{
    /// <summary>Whose.</summary>
    public required string Org { get; init; }

    /// <summary>Which part of the list.</summary>
    public required Page Page { get; init; }

    /// <summary>Only keys of engineers within it, as <see cref="ScopeRules"/> decided it; null for all of the organisation.</summary>
    public Scope? Within { get; init; }

    /// <summary>Only keys of these ids; null for all.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Only keys of these public parts; null for all.</summary>
    public IReadOnlyCollection<string>? OfPrefixes { get; init; }

    /// <summary>Only secrets that open this; null for all.</summary>
    public KeyKind? Kind { get; init; }

    /// <summary>Only those that are neither revoked nor expired at this instant; null for all.</summary>
    public DateTimeOffset? WorkingAt { get; init; }

    /// <summary>Whether those made last come first.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>Between which prefixes the keys of the kind lie, the second one excluded.</summary>
    public (string From, string Before) Prefixes => KeyText.PrefixesOf(Kind);
}

/// <summary>The keys of a store. The role of an engineer's key is read from the engineer.</summary>
public interface IKeys
{
    /// <summary>Adds one, with its line in the audit.</summary>
    Task AddAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The key of a prefix, also one that works no more; null when there is none.</summary>
    Task<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>A page of the keys of an organisation, in the order of their ids.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string org, Page page, CancellationToken cancellationToken) =>
        ListAsync(new() { Org = org, Page = page }, cancellationToken);

    /// <summary>A page of those keys of an organisation that a query means.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(KeyQuery query, CancellationToken cancellationToken);

    /// <summary>Changes one in one transaction, with its line in the audit; null when the organisation has none of that id.</summary>
    Task<StoredKey?> ChangeAsync(string org, string id, Func<StoredKey, StoredKey> change, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>Keeps when keys were used last, by id.</summary>
    Task TouchAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken);
}
