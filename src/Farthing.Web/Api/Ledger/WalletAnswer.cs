using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Api.Ledger;

/// <summary>Who a wallet belongs to.</summary>
/// <param name="Kind"><c>org</c>, <c>team</c>, <c>engineer</c> or <c>user</c>.</param>
/// <param name="Id">The owner's id; left out for the organisation.</param>
internal sealed record OwnerBody(string Kind, string? Id = null);

/// <summary>What becomes of usage that costs more than a wallet holds.</summary>
/// <param name="Policy"><c>deny</c> or <c>allow_to_limit</c>.</param>
/// <param name="Limit">What the wallet may owe; null for no limit.</param>
internal sealed record OverdraftAnswer(string Policy, string? Limit);

/// <summary>A wallet with what is in it, in credits.</summary>
internal sealed record WalletAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required OwnerBody Owner { get; init; }

    public required string State { get; init; }

    public required OverdraftAnswer Overdraft { get; init; }

    public required bool FreeRunUsed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Given less taken; negative when it owes.</summary>
    public required string Balance { get; init; }

    public required string Held { get; init; }

    /// <summary>What a hold without a particular use could reserve now.</summary>
    public required string Available { get; init; }

    public required string Owed { get; init; }

    /// <summary>What its usage cost and nobody paid; in no other figure.</summary>
    public required string Uncollected { get; init; }

    /// <summary>Tells a wallet.</summary>
    public static WalletAnswer Of(WalletBalance balance) => new()
    {
        Id = balance.Wallet.Id,
        Name = balance.Wallet.Name,
        Owner = new(balance.Wallet.Owner.Kind, balance.Wallet.Owner.Id),
        State = WalletWords.Of(balance.Wallet.State),
        Overdraft = new(WalletWords.Of(balance.Wallet.Overdraft), balance.Wallet.OverdraftLimit?.ToString()),
        FreeRunUsed = balance.Wallet.FreeRunUsed,
        CreatedAt = balance.Wallet.CreatedAt,
        Balance = balance.Balance.ToString(),
        Held = balance.Held.ToString(),
        Available = balance.Available.ToString(),
        Owed = balance.Owed.ToString(),
        Uncollected = balance.Uncollected.ToString(),
    };
}

/// <summary>What is in a wallet, in credits.</summary>
/// <param name="Wallet">Its id.</param>
/// <param name="Balance">Given less taken; negative when it owes.</param>
/// <param name="Held">Reserved by holds that have not ended.</param>
/// <param name="Available">What a hold without a particular use could reserve now.</param>
/// <param name="Owed">What it owes.</param>
/// <param name="Uncollected">What its usage cost and nobody paid; in no other figure.</param>
internal sealed record BalanceAnswer(string Wallet, string Balance, string Held, string Available, string Owed, string Uncollected)
{
    /// <summary>Tells what is in a wallet.</summary>
    public static BalanceAnswer Of(WalletBalance balance) => new(
        balance.Wallet.Id, balance.Balance.ToString(), balance.Held.ToString(), balance.Available.ToString(), balance.Owed.ToString(),
        balance.Uncollected.ToString());
}

/// <summary>The words of wallets.</summary>
internal static class WalletWords
{
    /// <summary>Kinds of owners.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> Kinds { get; } =
        [.. new[] { VisibleWallets.OrgKind, VisibleWallets.TeamKind, VisibleWallets.EngineerKind, VisibleWallets.UserKind }.Select(static kind => (kind, kind))];

    /// <summary>States.</summary>
    public static IReadOnlyList<(string Word, WalletState Meaning)> States { get; } =
        [("active", WalletState.Active), ("frozen", WalletState.Frozen), ("closed", WalletState.Closed)];

    /// <summary>Overdraft policies.</summary>
    public static IReadOnlyList<(string Word, OverdraftPolicy Meaning)> Policies { get; } =
        [("deny", OverdraftPolicy.Deny), ("allow_to_limit", OverdraftPolicy.AllowToLimit)];

    /// <summary>The word of a state.</summary>
    public static string Of(WalletState state) => States.Single(entry => entry.Meaning == state).Word;

    /// <summary>The word of a policy.</summary>
    public static string Of(OverdraftPolicy policy) => Policies.Single(entry => entry.Meaning == policy).Word;
}
