using Farthing.Domain.Ledger;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>Turns what a caller may see into the owners whose wallets they may see; the queries of the ledger take it from there.</summary>
public sealed class VisibleWallets(IEngineers engineers)
{
    /// <summary>The most members of a team whose wallets its lead sees.</summary>
    public const int MembersMax = 1_000;

    /// <summary>The owner kind of an engineer's wallet.</summary>
    public const string EngineerKind = "engineer";

    /// <summary>The owner kind of a team's wallet.</summary>
    public const string TeamKind = "team";

    /// <summary>The owner kind of a seller's user.</summary>
    public const string UserKind = "user";

    /// <summary>The owner kind of the organisation's own wallet.</summary>
    public const string OrgKind = "org";

    /// <summary>A query of everything that a caller may see.</summary>
    public async Task<LedgerQuery> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        var scope = ScopeRules.Of(caller);
        IReadOnlyList<WalletOwner>? owners = scope.Reach switch
        {
            ScopeReach.Org => null,
            ScopeReach.Engineer => [new(EngineerKind, scope.Id)],
            ScopeReach.Team => [new(TeamKind, scope.Id), .. await MembersAsync(scope, cancellationToken)],
            _ => [],
        };
        return new() { Org = caller.Org, Owners = owners };
    }

    private async Task<IEnumerable<WalletOwner>> MembersAsync(Scope scope, CancellationToken cancellationToken)
    {
        var members = await engineers.ListAsync(scope, new(MembersMax, string.Empty), cancellationToken);
        return members.Select(static member => new WalletOwner(EngineerKind, member.Id));
    }
}
