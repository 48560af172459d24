using Farthing.Workflows.Access;

namespace Farthing.Workflows.Budgeting;

/// <summary>
/// Makes, changes and removes budgets. Leads have those of their own team only, and are told the same of another team's, the
/// organisation's and one that is not there.
/// </summary>
public sealed class ManageBudgets(IBudgets budgets, ITeams teams, IEngineers engineers, IKeys keys, NamesOfCalls namesOfCalls, TimeProvider time)
{
    private static readonly Problem NotThere = new(ProblemKind.NotFound, "not_found", "Budget not found");

    private static readonly Problem OnlyOfTeam = new(
        ProblemKind.Forbidden, "forbidden", "Leads make budgets of their whole team; ask an admin or finance for one of an engineer, a project or a model.", "scope");

    private static readonly Problem WrongId = Problem.Invalid(
        "scope_id", "'scope_id' names the team, project, engineer, model or API key of the scope, and nothing for the organisation.");

    /// <summary>Makes one.</summary>
    public async Task<Result<Budget>> CreateAsync(Caller caller, BudgetDraft draft, CancellationToken cancellationToken)
    {
        var target = TargetOf(caller, draft);
        var missing = target.Succeeded ? await CheckAsync(caller.Org, target.Value, cancellationToken) : null;
        if (Problem.Together(draft.Check(), target.Problem, missing) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        var alert = draft.AlertThresholdPercent ?? BudgetRules.UsualAlertThreshold;
        var budget = new Budget
        {
            Org = caller.Org,
            Id = AccessTexts.NewId(now),
            Name = draft.Name,
            Scope = target.Value.Scope,
            ScopeId = target.Value.Scope == BudgetScope.Model ? await namesOfCalls.ModelAsync(caller.Org, target.Value.Id, cancellationToken) : target.Value.Id,
            Owner = draft.Owner ?? string.Empty,
            Amount = draft.Amount,
            Period = BudgetWords.Period(draft.Period) ?? BudgetRules.UsualPeriod,
            Zone = draft.Zone ?? BudgetRules.UsualZone,
            IsHard = draft.IsHard,
            Thresholds = draft.Thresholds is { } thresholds ? BudgetRules.InOrder(thresholds) : BudgetRules.UsualThresholds(alert),
            AlertThresholdPercent = alert,
            CreatedAt = now,
        };
        await budgets.AddAsync(budget, AuditStamp.Of(caller, now), cancellationToken);
        return budget;
    }

    /// <summary>One that the caller may change.</summary>
    public async Task<Result<Budget>> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await RefusalAsync(caller, id, "modify", cancellationToken) is { } problem ? problem
        : await budgets.FindAsync(caller.Org, id, cancellationToken) is { } budget ? budget
        : NotThere;

    /// <summary>Changes one.</summary>
    public async Task<Result<Budget>> ChangeAsync(Caller caller, string id, BudgetChange change, CancellationToken cancellationToken)
    {
        if ((await RefusalAsync(caller, id, "modify", cancellationToken) ?? change.Check()) is { } problem)
        {
            return problem;
        }

        var stamp = AuditStamp.Of(caller, AccessTexts.Now(time));
        return await budgets.ChangeAsync(caller.Org, id, change.ApplyTo, stamp, cancellationToken) is { } changed ? changed : NotThere;
    }

    /// <summary>Removes one; null when it worked.</summary>
    public async Task<Problem?> RemoveAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await RefusalAsync(caller, id, "delete", cancellationToken) is { } problem ? problem
        : await budgets.RemoveAsync(caller.Org, id, AuditStamp.Of(caller, AccessTexts.Now(time)), cancellationToken) ? null
        : NotThere;

    /// <summary>Whether a caller who sees a budget may also change and remove it.</summary>
    public static bool MayChange(Caller caller, Budget budget) =>
        caller.Role != Role.TeamLead || (budget.Scope == BudgetScope.Team && caller.TeamId.Length > 0 && budget.ScopeId == caller.TeamId);

    private static Problem Forbidden(string what) => new(ProblemKind.Forbidden, "forbidden", $"Cannot {what} budgets for other teams");

    private async Task<Problem?> RefusalAsync(Caller caller, string id, string what, CancellationToken cancellationToken)
    {
        var budget = await budgets.FindAsync(caller.Org, id, cancellationToken);
        return budget is not null && MayChange(caller, budget) ? null
            : caller.Role == Role.TeamLead ? Forbidden(what)
            : NotThere;
    }

    private static Result<BudgetTarget> TargetOf(Caller caller, BudgetDraft draft)
    {
        var scope = BudgetWords.Scope(draft.Scope);
        if (draft.Scope is not null && scope is null)
        {
            return Problem.Invalid("scope", $"'scope' must be one of: {BudgetWords.AllScopes}.");
        }

        var team = draft.TeamId is { Length: > 0 } ? draft.TeamId : null;
        var id = draft.ScopeId is { Length: > 0 } ? draft.ScopeId : null;
        return caller.Role == Role.TeamLead ? OfLead(caller, scope, team, id) : OfAnybody(scope, team, id);
    }

    private static Result<BudgetTarget> OfLead(Caller caller, BudgetScope? scope, string? team, string? id)
    {
        if (caller.TeamId.Length == 0 || scope == BudgetScope.Org || (team ?? caller.TeamId) != caller.TeamId)
        {
            return Forbidden("create");
        }

        if (scope is not (null or BudgetScope.Team))
        {
            return OnlyOfTeam;
        }

        return id is null || id == caller.TeamId ? new BudgetTarget(BudgetScope.Team, caller.TeamId)
            : team is null ? Forbidden("create")
            : WrongId;
    }

    private static Result<BudgetTarget> OfAnybody(BudgetScope? scope, string? team, string? id)
    {
        switch (scope ?? (team is null ? BudgetScope.Org : BudgetScope.Team))
        {
            case BudgetScope.Org when team is null && id is null:
                return new BudgetTarget(BudgetScope.Org, string.Empty);
            case BudgetScope.Team when (team ?? id) is { } named && (id is null || id == named):
                return new BudgetTarget(BudgetScope.Team, named);
            case BudgetScope.Project or BudgetScope.Engineer or BudgetScope.Model or BudgetScope.ApiKey when team is null && id is not null:
                return new BudgetTarget(scope!.Value, id);
            default:
                return WrongId;
        }
    }

    private async Task<Problem?> CheckAsync(string org, BudgetTarget target, CancellationToken cancellationToken) => target.Scope switch
    {
        BudgetScope.Team when await teams.FindAsync(org, target.Id, cancellationToken) is null => Problem.Invalid("team_id", "There is no team of that id."),
        BudgetScope.Engineer when await engineers.FindAsync(org, target.Id, cancellationToken) is null => Problem.Invalid("scope_id", "There is no engineer of that id."),
        BudgetScope.ApiKey when (await KeyNames.ReadAsync(keys, org, [target.Id], cancellationToken)).Find(target.Id) is null => Problem.Invalid("scope_id", "There is no API key of that id."),
        _ => null,
    };

    private sealed record BudgetTarget(BudgetScope Scope, string Id);
}
