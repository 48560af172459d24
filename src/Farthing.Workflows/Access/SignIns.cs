namespace Farthing.Workflows.Access;

/// <summary>A browser that is let in, as its owner sees it.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
/// <param name="EnteredBy">What the key of the organisation is called that let it in; empty where none did, or where that was replaced since.</param>
public sealed record SignIn(ApiKey Key, bool IsCurrent, string EnteredBy);

/// <summary>
/// Lets browsers in and puts them out. A sign-in is kept like a key: hashed, with an end, revoked at once; so is the link
/// that makes one, which works once and for ten minutes.
/// </summary>
public sealed class SignIns(IKeys keys, KeyRing ring, TimeProvider time)
{
    /// <summary>How long a link waits for somebody to follow it.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(10);

    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan SignInLife = TimeSpan.FromHours(24);

    private const string LinkName = "One-time sign-in link";

    private static readonly Problem UsedUp = new(
        ProblemKind.Unauthenticated, "link_used", "This link was used or is older than ten minutes. Run 'farthing up' again for another one, or sign in with a key.");

    /// <summary>Makes a link's secret for whoever asks; the operator's lets an admin in.</summary>
    public async Task<string> MakeLinkAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var link = ring.Make(KeyOf(caller, LinkName, now, now + LinkLife), KeyKind.Link);
        await keys.AddAsync(link.Stored, AuditStamp.Of(caller, now), cancellationToken);
        return link.Secret;
    }

    /// <summary>Signs a browser in by a link, which then works no more.</summary>
    /// <param name="link">The link's secret.</param>
    /// <param name="requestId">Names the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the browser is to present from now on.</returns>
    public async Task<Result<NewKey>> FollowAsync(string link, string requestId, CancellationToken cancellationToken)
    {
        var caller = await ring.VerifyAsync(KeyText.Parse(link, KeyKind.Link), requestId, cancellationToken);
        if (!caller.Succeeded)
        {
            return UsedUp;
        }

        var (now, isFirst) = (AccessTexts.Now(time), false);
        await keys.ChangeAsync(
            caller.Value.Org, caller.Value.KeyId,
            stored =>
            {
                isFirst = stored.Key.RevokedAt is null;
                return isFirst ? stored with { Key = stored.Key with { RevokedAt = now } } : stored;
            },
            AuditStamp.Of(caller.Value, now), cancellationToken);
        ring.Forget();
        return isFirst ? await LetInAsync(caller.Value, SignInName.ByLink, now + SignInLife, cancellationToken) : UsedUp;
    }

    /// <summary>Signs a browser in by an API key; the sign-in ends with the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="requestId">Names the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the browser is to present from now on.</returns>
    public async Task<Result<NewKey>> EnterAsync(string key, string requestId, CancellationToken cancellationToken)
    {
        var text = KeyText.Parse(key);
        var caller = await ring.VerifyAsync(text, requestId, cancellationToken);
        return caller.Problem is { } problem
            ? problem
            : await LetInAsync(caller.Value, SignInName.ByKey(text!.Value.Prefix), AccessTexts.Now(time) + SignInLife, cancellationToken);
    }

    /// <summary>Who a signed-in browser is, or why it is not let in any more.</summary>
    public ValueTask<Result<Caller>> VerifyAsync(string presented, string requestId, CancellationToken cancellationToken) =>
        ring.VerifyAsync(KeyText.Parse(presented, KeyKind.SignIn), requestId, cancellationToken);

    /// <summary>A page of the browsers that are signed in, the newest first: an admin's whole organisation, everybody else's own.</summary>
    public async Task<IReadOnlyList<SignIn>> ListAsync(Caller caller, Page page, CancellationToken cancellationToken)
    {
        var all = new KeyQuery { Org = caller.Org, Page = page, Kind = KeyKind.SignIn, WorkingAt = time.GetUtcNow(), IsNewestFirst = true };
        var seen = caller switch
        {
            { Role: Role.Admin or Role.Operator } => all,
            { EngineerId.Length: > 0 } => all with { Within = ScopeRules.OwnOf(caller) },
            _ => all with { Ids = [caller.KeyId] },
        };
        var found = await keys.ListAsync(seen, cancellationToken);
        var names = await NamesAsync(caller.Org, [.. found.Where(static key => key.EngineerId is null).Select(SignInName.KeyPrefixOf).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);
        return [.. found.Select(key => new SignIn(key, key.Id == caller.KeyId, names.GetValueOrDefault(SignInName.KeyPrefixOf(key) ?? string.Empty, string.Empty)))];
    }

    /// <summary>Puts a browser out; null when it worked. What is not the caller's to see is not there.</summary>
    public async Task<Problem?> EndAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var (now, isEnded) = (AccessTexts.Now(time), false);
        await keys.ChangeAsync(
            caller.Org, id,
            stored =>
            {
                isEnded = KeyText.KindOf(stored.Key.Prefix) == KeyKind.SignIn && IsSeenBy(caller, stored.Key);
                return isEnded && stored.Key.RevokedAt is null ? stored with { Key = stored.Key with { RevokedAt = now } } : stored;
            },
            AuditStamp.Of(caller, now), cancellationToken);
        ring.Forget();
        return isEnded ? null : Problem.NotFound("sign-in");
    }

    /// <summary>What keys are called, by their public parts.</summary>
    private async Task<Dictionary<string, string>> NamesAsync(string org, IReadOnlyList<string> prefixes, CancellationToken cancellationToken)
    {
        var found = prefixes.Count == 0 ? [] : await keys.ListAsync(new() { Org = org, Page = new(prefixes.Count, string.Empty), OfPrefixes = prefixes }, cancellationToken);
        return found.ToDictionary(static key => key.Prefix, static key => key.Name, StringComparer.Ordinal);
    }

    private static bool IsSeenBy(Caller caller, ApiKey key) =>
        key.Id == caller.KeyId || caller.Role is Role.Admin or Role.Operator || (caller.EngineerId.Length > 0 && key.EngineerId == caller.EngineerId);

    private static ApiKey KeyOf(Caller caller, string name, DateTimeOffset now, DateTimeOffset end) => new()
    {
        Org = caller.Org,
        Id = AccessTexts.NewId(now),
        Name = name,
        Role = caller.Role == Role.Operator ? Role.Admin : caller.Role,
        EngineerId = caller.EngineerId.Length > 0 ? caller.EngineerId : null,
        CreatedAt = now,
        ExpiresAt = end,
    };

    private async Task<Result<NewKey>> LetInAsync(Caller caller, string name, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var now = AccessTexts.Now(time);
        var made = ring.Make(KeyOf(caller, name, now, end), KeyKind.SignIn);
        await keys.AddAsync(made.Stored, AuditStamp.Of(caller, now), cancellationToken);
        return made;
    }
}

/// <summary>What sign-ins are called, which says how they came about.</summary>
internal static class SignInName
{
    /// <summary>The name of one that a link made.</summary>
    public const string ByLink = "Browser, by a one-time link";

    private const string KeyStart = "Browser, by key fk_";

    /// <summary>The name of one that a key made.</summary>
    public static string ByKey(string prefix) => KeyStart + prefix;

    /// <summary>The prefix of the key that made a sign-in; null when none did, or when it is no sign-in, whatever it is called.</summary>
    public static string? KeyPrefixOf(ApiKey key) =>
        KeyText.KindOf(key.Prefix) == KeyKind.SignIn && key.Name.StartsWith(KeyStart, StringComparison.Ordinal) ? key.Name[KeyStart.Length..] : null;
}
