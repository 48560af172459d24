using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>A part of a list, and where the list goes on.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Where to go on; null on the last page.</param>
public sealed record CreditsPart<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A wallet with what its owner is called.</summary>
/// <param name="Balance">The wallet and what is in it.</param>
/// <param name="OwnerName">What its owner is called; the owner's id where nobody knows a name.</param>
public sealed record NamedWallet(WalletBalance Balance, string OwnerName)
{
    /// <summary>The wallet.</summary>
    public Wallet Wallet => Balance.Wallet;

    /// <summary>What people call it; its id where nobody gave it a name.</summary>
    public string Name => Wallet.Name.Length > 0 ? Wallet.Name : Wallet.Id;

    /// <summary>What is left of its grants by where they came from, and what it owes: the parts add up to the balance.</summary>
    public IReadOnlyList<BalancePart> Parts =>
    [
        .. Balance.Grants
            .GroupBy(static grant => grant.Grant.Category)
            .OrderBy(static category => category.Key)
            .Select(static category => new BalancePart(category.Key, category.Count(), Sum(category, static one => one.Counters.Posted), Sum(category, static one => one.Counters.Held))),
        .. Balance.Owed > Credits.Zero ? [new BalancePart(null, 0, Credits.Zero - Balance.Owed, Credits.Zero)] : Array.Empty<BalancePart>(),
    ];

    /// <summary>The next grant of which something will be lost when its time is over; null when nothing will.</summary>
    public GrantBalance? NextToExpire => Balance.Grants
        .Where(static grant => grant.Grant.ExpiresAt is not null && grant.Counters.Posted > Credits.Zero)
        .MinBy(static grant => (grant.Grant.ExpiresAt, grant.Grant.Id));

    private static Credits Sum(IEnumerable<GrantBalance> grants, Func<GrantBalance, Credits> amount) =>
        grants.Aggregate(Credits.Zero, (sum, grant) => sum + amount(grant));
}

/// <summary>A part of what is in a wallet.</summary>
/// <param name="Category">Where the credit came from; null for what the wallet owes.</param>
/// <param name="Grants">How many grants it is made of.</param>
/// <param name="Left">What is left; negative for what is owed.</param>
/// <param name="Held">What of it is held.</param>
public sealed record BalancePart(GrantCategory? Category, int Grants, Credits Left, Credits Held);

/// <summary>Which lines of a wallet's statement are wanted.</summary>
public sealed record StatementQuery
{
    /// <summary>Only transactions of this kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only what was booked from this instant on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what was booked before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Goes on behind the line of this number; null for the newest.</summary>
    public long? After { get; init; }

    /// <summary>At most so many lines.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A wallet with what is open and what happened.</summary>
/// <param name="Wallet">The wallet with its grants.</param>
/// <param name="OpenHolds">Holds that have not ended, the one that ends first in front.</param>
/// <param name="HasMoreHolds">Whether there are more of them.</param>
/// <param name="Statement">Its transactions, the newest first.</param>
/// <param name="At">When it was read.</param>
public sealed record WalletView(NamedWallet Wallet, IReadOnlyList<Hold> OpenHolds, bool HasMoreHolds, CreditsPart<SealedTransaction> Statement, DateTimeOffset At);

/// <summary>Reads wallets for people: what is in them, what it is made of and what became of it. What the caller may see is a part of every query.</summary>
public sealed class ReadCredits(ILedgerQueries ledger, IEngineers engineers, ITeams teams, TimeProvider time)
{
    private const int OpenHoldsMax = 50;
    private const int TeamsMax = 500;

    /// <summary>A page of the wallets that somebody may see, by id.</summary>
    public async Task<CreditsPart<NamedWallet>> ListAsync(Caller caller, string? after, int limit, CancellationToken cancellationToken)
    {
        var found = await ledger.WalletsAsync(VisibleWallets.Of(caller) with { After = after, Limit = limit + 1 }, cancellationToken);
        var part = Cut(found, limit, static balance => balance.Wallet.Id);
        var (people, groups) = await NamesAsync(caller, part.Items, cancellationToken);
        return new([.. part.Items.Select(balance => new NamedWallet(balance, NameOf(balance.Wallet.Owner, people, groups)))], part.Next);
    }

    /// <summary>A wallet that somebody may see.</summary>
    public async Task<Result<NamedWallet>> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await ledger.WalletsAsync(VisibleWallets.Of(caller) with { Wallet = id, Limit = 1 }, cancellationToken);
        return found is [var balance] ? new NamedWallet(balance, await NameAsync(balance.Wallet, cancellationToken)) : Problem.NotFound("wallet");
    }

    /// <summary>A wallet with its open holds and a page of its statement.</summary>
    public async Task<Result<WalletView>> ViewAsync(Caller caller, string id, StatementQuery statement, CancellationToken cancellationToken)
    {
        var wallet = await FindAsync(caller, id, cancellationToken);
        if (wallet.Problem is { } problem)
        {
            return problem;
        }

        var mine = VisibleWallets.Of(caller) with { Wallet = id };
        var holds = await ledger.HoldsAsync(mine with { OnlyOpen = true, Limit = OpenHoldsMax + 1 }, cancellationToken);
        var query = mine with
        {
            Kind = statement.Kind,
            From = statement.From,
            To = statement.To,
            After = statement.After?.ToString(CultureInfo.InvariantCulture),
            Limit = statement.Limit + 1,
        };
        var lines = await ledger.TransactionsAsync(query, cancellationToken);
        return new WalletView(
            wallet.Value,
            [.. holds.Take(OpenHoldsMax)],
            holds.Count > OpenHoldsMax,
            Cut(lines, statement.Limit, static line => line.Sequence.ToString(CultureInfo.InvariantCulture)),
            time.GetUtcNow());
    }

    /// <summary>A page of everything that a wallet was ever given, the last id first.</summary>
    public async Task<CreditsPart<GrantBalance>> GrantsAsync(Caller caller, string wallet, string? after, int limit, CancellationToken cancellationToken) =>
        Cut(await ledger.GrantsAsync(PageOf(caller, wallet, after, limit), cancellationToken), limit, static grant => grant.Grant.Id);

    /// <summary>A page of all holds of a wallet, ended or not, the last id first.</summary>
    public async Task<CreditsPart<Hold>> HoldsAsync(Caller caller, string wallet, string? after, int limit, CancellationToken cancellationToken) =>
        Cut(await ledger.HoldsAsync(PageOf(caller, wallet, after, limit), cancellationToken), limit, static hold => hold.Id);

    /// <summary>A hold of a wallet that somebody may see.</summary>
    public async Task<Result<Hold>> FindHoldAsync(Caller caller, string wallet, string id, CancellationToken cancellationToken)
    {
        var found = await ledger.HoldsAsync(VisibleWallets.Of(caller) with { Wallet = wallet, Id = id, Limit = 1 }, cancellationToken);
        return found is [var hold] ? hold : Problem.NotFound("hold");
    }

    /// <summary>What was posted for a hold of a wallet, the newest first.</summary>
    public Task<IReadOnlyList<SealedTransaction>> LinesOfHoldAsync(Caller caller, string wallet, string id, CancellationToken cancellationToken) =>
        ledger.TransactionsAsync(VisibleWallets.Of(caller) with { Wallet = wallet, Source = HoldRequest.SourceName, ExternalId = id, Limit = OpenHoldsMax }, cancellationToken);

    /// <summary>A grant of a wallet that somebody may see.</summary>
    public async Task<Result<GrantBalance>> FindGrantAsync(Caller caller, string wallet, string id, CancellationToken cancellationToken)
    {
        var found = await ledger.GrantsAsync(VisibleWallets.Of(caller) with { Wallet = wallet, Id = id, Limit = 1 }, cancellationToken);
        return found is [var grant] ? grant : Problem.NotFound("grant");
    }

    /// <summary>Cuts off the one item that was read to know whether there is more.</summary>
    private static CreditsPart<T> Cut<T>(IReadOnlyList<T> found, int limit, Func<T, string> place) =>
        found.Count > limit ? new([.. found.Take(limit)], place(found[limit - 1])) : new(found, null);

    private static LedgerQuery PageOf(Caller caller, string wallet, string? after, int limit) =>
        VisibleWallets.Of(caller) with { Wallet = wallet, After = after, Limit = limit + 1, LastFirst = true };

    /// <summary>What owners are called, as far as wallets of their kind are there.</summary>
    private async Task<(PeopleNames? People, Dictionary<string, string> Groups)> NamesAsync(
        Caller caller, IReadOnlyList<WalletBalance> wallets, CancellationToken cancellationToken)
    {
        var within = ScopeRules.Of(caller);
        var people = wallets.Any(static one => one.Wallet.Owner.Kind == VisibleWallets.EngineerKind)
            ? await PeopleNames.ReadAsync(engineers, within, cancellationToken)
            : null;
        var groups = wallets.Any(static one => one.Wallet.Owner.Kind == VisibleWallets.TeamKind)
            ? await teams.ListAsync(within, new(TeamsMax, string.Empty), cancellationToken)
            : [];
        return (people, groups.ToDictionary(static team => team.Id, static team => team.Name, StringComparer.Ordinal));
    }

    private async Task<string> NameAsync(Wallet wallet, CancellationToken cancellationToken) => wallet.Owner.Kind switch
    {
        VisibleWallets.EngineerKind => (await engineers.FindAsync(wallet.Org, wallet.Owner.Id, cancellationToken))?.Name ?? wallet.Owner.Id,
        VisibleWallets.TeamKind => (await teams.FindAsync(wallet.Org, wallet.Owner.Id, cancellationToken))?.Name ?? wallet.Owner.Id,
        _ => wallet.Owner.Id,
    };

    private static string NameOf(WalletOwner owner, PeopleNames? people, Dictionary<string, string> groups) => owner.Kind switch
    {
        VisibleWallets.EngineerKind => people?[owner.Id] ?? owner.Id,
        VisibleWallets.TeamKind => groups.GetValueOrDefault(owner.Id, owner.Id),
        _ => owner.Id,
    };
}
