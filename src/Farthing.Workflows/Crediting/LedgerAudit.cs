using System.Text.Json.Serialization;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// What somebody does to wallets and grants, told in the audit. The lines are written with the change, so neither is there
/// without the other. What holds, runs and the sweeper do by themselves is told by the chain alone.
/// </summary>
internal static class LedgerAudit
{
    /// <summary>A wallet was opened.</summary>
    public const string WalletOpened = "wallet.opened";

    /// <summary>Its name, overdraft or state was changed.</summary>
    public const string WalletChanged = "wallet.changed";

    /// <summary>It was corrected by hand.</summary>
    public const string WalletAdjusted = "wallet.adjusted";

    /// <summary>Credit was given.</summary>
    public const string GrantGiven = "grant.given";

    /// <summary>A grant was taken back, whatever was left of it.</summary>
    public const string GrantVoided = "grant.voided";

    /// <summary>What was left of a grant, or a part of it, was paid back.</summary>
    public const string GrantRefunded = "grant.refunded";

    /// <summary>A charge was undone; the wallet is told as it was and as it is.</summary>
    public const string TransactionReversed = "transaction.reversed";

    /// <summary>A line about a wallet.</summary>
    /// <param name="stamp">Who and when.</param>
    /// <param name="action">What was done.</param>
    /// <param name="objectId">To what: the wallet, or what was done to it.</param>
    /// <param name="before">The wallet before; null when it is new.</param>
    /// <param name="after">The wallet after.</param>
    public static AuditEntry Of(AuditStamp stamp, string action, string objectId, AuditedWallet? before, AuditedWallet after) =>
        AuditEntry.Make(stamp, action, objectId, before, after, LedgerAuditJson.Default.AuditedWallet);

    /// <summary>A line about a grant.</summary>
    /// <param name="stamp">Who and when.</param>
    /// <param name="action">What was done.</param>
    /// <param name="before">The grant before; null when it is new.</param>
    /// <param name="after">The grant after.</param>
    public static AuditEntry Of(AuditStamp stamp, string action, AuditedGrant? before, AuditedGrant after) =>
        AuditEntry.Make(stamp, action, after.Id, before, after, LedgerAuditJson.Default.AuditedGrant);
}

/// <summary>A wallet as the audit tells it; amounts are credits.</summary>
internal sealed record AuditedWallet(
    string Id, string Name, string OwnerKind, string OwnerId, WalletState State, OverdraftPolicy Overdraft, string? OverdraftLimit, string Balance)
{
    /// <summary>As it is now.</summary>
    public static AuditedWallet Of(WalletBook book) => new(
        book.Wallet.Id, book.Wallet.Name, book.Wallet.Owner.Kind, book.Wallet.Owner.Id, book.Wallet.State, book.Wallet.Overdraft,
        book.Wallet.OverdraftLimit?.ToString(), book.Balance.ToString());
}

/// <summary>A grant as the audit tells it; amounts are credits.</summary>
internal sealed record AuditedGrant(
    string Id, string Wallet, GrantCategory Category, string Amount, string Left, string Held, int Priority, DateTimeOffset EffectiveAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? VoidedAt)
{
    /// <summary>As it is now.</summary>
    public static AuditedGrant Of(GrantBalance balance) => new(
        balance.Grant.Id, balance.Grant.Wallet, balance.Grant.Category, balance.Grant.Amount.ToString(), balance.Counters.Posted.ToString(),
        balance.Counters.Held.ToString(), balance.Grant.Priority, balance.Grant.EffectiveAt, balance.Grant.ExpiresAt, balance.Grant.VoidedAt);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditedWallet))]
[JsonSerializable(typeof(AuditedGrant))]
internal sealed partial class LedgerAuditJson : JsonSerializerContext;
