using Farthing.Domain.Ledger;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>Turns what a caller may see into the owners whose wallets they may see; the queries of the ledger take it from there.</summary>
public static class VisibleWallets
{
    /// <summary>The owner kind of an engineer's wallet.</summary>
    public const string EngineerKind = "engineer";

    /// <summary>The owner kind of a team's wallet.</summary>
    public const string TeamKind = "team";

    /// <summary>The owner kind of a seller's user.</summary>
    public const string UserKind = "user";

    /// <summary>The owner kind of the organisation's own wallet.</summary>
    public const string OrgKind = "org";

    /// <summary>A query of everything that a caller may see.</summary>
    public static Task<LedgerQuery> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scope = ScopeRules.Of(caller);
        IReadOnlyList<WalletOwner>? owners = scope.Reach switch
        {
            ScopeReach.Org => null,
            ScopeReach.Engineer => [new(EngineerKind, scope.Id)],
            ScopeReach.Team => [new(TeamKind, scope.Id)],
            _ => [],
        };
        return Task.FromResult(new LedgerQuery { Org = caller.Org, Owners = owners });
    }
}
