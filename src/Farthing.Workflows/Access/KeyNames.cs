namespace Farthing.Workflows.Access;

/// <summary>
/// What keys are called: by their name and the public part of the key, those that work no more too. What was told by a key
/// that is not among them is called by its id.
/// </summary>
public sealed class KeyNames
{
    /// <summary>The most keys whose names are read: those made last. Older ones are called by the id.</summary>
    public const int KeysMax = 10_000;

    private readonly Dictionary<string, ApiKey> known;

    private KeyNames(IReadOnlyList<ApiKey> keys) => known = keys.ToDictionary(static key => key.Id, StringComparer.Ordinal);

    /// <summary>Knows no key.</summary>
    public static KeyNames None { get; } = new([]);

    /// <summary>The keys that have a name here.</summary>
    public IReadOnlyCollection<ApiKey> Keys => known.Values;

    /// <summary>What an id's key is called.</summary>
    public string this[string id] => Find(id) ?? id;

    /// <summary>What an id's key is called; null when it is not among them.</summary>
    public string? Find(string id) => known.TryGetValue(id, out var key) ? Of(key) : null;

    /// <summary>What a key is called; several may have one name.</summary>
    public static string Of(ApiKey key) => $"{key.Name} ({KeyText.MarkOf(KeyKind.Key)}{key.Prefix})";

    /// <summary>What a key is called where it matters whose it is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="owner">What its engineer is called; null when it has none, or they are gone.</param>
    public static string Of(ApiKey key, string? owner) => owner is null ? Of(key) : $"{Of(key)} of {owner}";

    /// <summary>Reads the names of all keys within a scope.</summary>
    public static async Task<KeyNames> ReadAsync(IKeys keys, Scope within, CancellationToken cancellationToken) =>
        new(await keys.ListAsync(QueryOf(within.Org, KeysMax) with { Within = within, IsNewestFirst = true }, cancellationToken));

    /// <summary>Reads the names of some keys of an organisation; nothing is asked where there are none.</summary>
    public static async Task<KeyNames> ReadAsync(IKeys keys, string org, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? None : new(await keys.ListAsync(QueryOf(org, ids.Count) with { Ids = ids }, cancellationToken));

    private static KeyQuery QueryOf(string org, int limit) => new() { Org = org, Page = new(limit, string.Empty), Kind = KeyKind.Key };
}
