using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>Grants against the chain: their terms are those that were sealed when they were made.</summary>
internal sealed class KeptGrants(LedgerReplay replay)
{
    private const string Table = "grants";

    /// <summary>Takes in a grant; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerRecord.KeptGrant kept)
    {
        var grant = kept.Grant;
        if (!replay.Grants.Remove(grant.Id, out var seal))
        {
            return LedgerBreak.Of(Table, grant.Id, "no grant, because no transaction makes it", $"{grant.Amount} credits");
        }

        var terms = LedgerChain.TermsOf(grant);
        return seal.Amount != grant.Amount ? LedgerBreak.Of(Table, grant.Id, $"{seal.Amount} credits by transaction {seal.Sequence}", $"{grant.Amount}")
            : seal.Wallet != grant.Wallet ? LedgerBreak.Of(Table, grant.Id, $"the wallet {seal.Wallet} by transaction {seal.Sequence}", grant.Wallet)
            : seal.Terms != terms ? LedgerBreak.Of(Table, grant.Id, $"the terms {seal.Terms} of transaction {seal.Sequence}", $"{terms}: {grant}")
            : seal.VoidedAt != grant.VoidedAt ? LedgerBreak.Of(Table, grant.Id, Describe(seal.VoidedAt), Describe(grant.VoidedAt))
            : !CanBeDue(grant) ? LedgerBreak.Of(Table, grant.Id, "due when it begins or ends, or not at all", $"due at {grant.DueAt:O}")
            : kept.Account != grant.Account.Id ? LedgerBreak.Of(Table, grant.Id, $"the account {grant.Account.Id}", $"'{kept.Account}'")
            : kept.AccountWallet != grant.Wallet ? new(0, kept.Account, $"of the wallet {grant.Wallet}", $"of '{kept.AccountWallet}'")
            : null;
    }

    /// <summary>After the last grant: tells one that is missing.</summary>
    public LedgerBreak? End()
    {
        foreach (var (id, seal) in replay.Grants)
        {
            return LedgerBreak.Of(Table, id, $"{seal.Amount} credits by transaction {seal.Sequence}", "no such grant");
        }

        return null;
    }

    /// <summary>Which of its times is next depends on the clock of the last sweep, which nobody wrote down.</summary>
    private static bool CanBeDue(Grant grant) => grant.DueAt is null || (grant.VoidedAt is null && (grant.DueAt == grant.EffectiveAt || grant.DueAt == grant.ExpiresAt));

    private static string Describe(DateTimeOffset? voidedAt) => voidedAt is { } at ? $"taken back at {at:O}" : "not taken back";
}
