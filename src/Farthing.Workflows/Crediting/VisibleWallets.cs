using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>Turns what a caller may see into a query of the ledger, which finds who is in a team by itself.</summary>
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
    public static LedgerQuery Of(Caller caller)
    {
        var scope = ScopeRules.Of(caller);
        var all = new LedgerQuery { Org = caller.Org };
        return scope.Reach switch
        {
            ScopeReach.Org => all,
            ScopeReach.Engineer => all with { Owners = [new(EngineerKind, scope.Id)] },
            ScopeReach.Team => all with { Team = scope.Id },
            _ => all with { Owners = [] },
        };
    }
}
