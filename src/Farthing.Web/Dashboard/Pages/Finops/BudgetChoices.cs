using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Somebody whose spend a new budget may limit.</summary>
/// <param name="Value">The word of the scope, a colon and the id.</param>
/// <param name="Name">What people call it.</param>
public sealed record BudgetChoice(string Value, string Name)
{
    private const char Separator = ':';

    /// <summary>One of a scope.</summary>
    public static BudgetChoice Of(BudgetScope scope, string id, string name) => new($"{BudgetWords.Of(scope)}{Separator}{id}", name);

    /// <summary>The word and the id of a value; both null for the organisation.</summary>
    public static (string? Scope, string? Id) Read(string value)
    {
        if (value.Length == 0)
        {
            return (null, null);
        }

        var parts = value.Split(Separator, 2);
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }
}

/// <summary>Whose spend the budgets that somebody makes may limit.</summary>
internal sealed class BudgetChoices(ITeams teams, IKeys keys, TimeProvider time)
{
    private const int ChoicesMax = 500;

    /// <summary>The teams, then the keys that work, the newest first; none for a lead, whose budgets are the own team's.</summary>
    public async Task<IReadOnlyList<BudgetChoice>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Role == Role.TeamLead)
        {
            return [];
        }

        var working = new KeyQuery { Org = caller.Org, Page = new(ChoicesMax, string.Empty), Kind = KeyKind.Key, WorkingAt = time.GetUtcNow(), IsNewestFirst = true };
        return
        [
            .. (await teams.ListAsync(ScopeRules.Of(caller), new(ChoicesMax, string.Empty), cancellationToken))
                .Select(static team => BudgetChoice.Of(BudgetScope.Team, team.Id, $"Team {team.Name}")),
            .. (await keys.ListAsync(working, cancellationToken)).Select(static key => BudgetChoice.Of(BudgetScope.ApiKey, key.Id, $"API key {KeyNames.Of(key)}")),
        ];
    }
}
