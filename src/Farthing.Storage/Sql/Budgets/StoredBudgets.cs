using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The budgets, in the words of both engines. Amounts are texts, because a budget may be larger than 64 bits of picodollars.</summary>
internal sealed class StoredBudgets(ISqlDatabase database) : IBudgets
{
    private const string Columns =
        "b.org, b.id, b.name, b.scope, b.scope_id, b.owner, b.amount, b.period, b.zone, b.hard, b.thresholds, b.alert_threshold, b.created";

    /// <summary>Whose key the one of a budget is.</summary>
    private const string OwnerOfKey = "(SELECT k.engineer FROM api_keys k WHERE k.org = b.org AND k.id = b.scope_id)";

    /// <inheritdoc/>
    public Task AddAsync(Budget budget, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.RunAsync(
                new SqlText()
                    .Add("INSERT INTO budgets (org, id, name, scope, scope_id, owner, amount, period, zone, hard, thresholds, alert_threshold, created) VALUES (", budget.Org)
                    .Add(",", budget.Id).Add(",", budget.Name).Add(",", BudgetWords.Of(budget.Scope)).Add(",", budget.ScopeId).Add(",", budget.Owner)
                    .Add(",", budget.Amount.ToString()).Add(",", BudgetWords.Of(budget.Period)).Add(",", budget.Zone).Add(",", budget.IsHard ? 1L : 0L)
                    .Add(",", Join(budget.Thresholds)).Add(",", (long)budget.AlertThresholdPercent)
                    .Add(",", budget.CreatedAt.ToUnixTimeMilliseconds()).Add(")"),
                cancellationToken);
            await session.NoteAsync(BudgetAudit.Of(null, budget, stamp), cancellationToken);
            return budget;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Budget?> FindAsync(string org, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, org, id, string.Empty, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Budget>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var sql = new SqlText().Add($"SELECT {Columns} FROM budgets b WHERE b.org =", scope.Org);
            sql = scope.Reach switch
            {
                ScopeReach.Org => sql,
                ScopeReach.Team => sql.Add("AND (b.scope = 'team' AND b.scope_id =", scope.Id)
                    .Add("OR b.scope = 'engineer' AND b.scope_id IN (SELECT e.id FROM engineers e WHERE e.org = b.org AND e.team =", scope.Id).Add(")")
                    .Add($"OR b.scope = 'api_key' AND {OwnerOfKey} IN (SELECT e.id FROM engineers e WHERE e.org = b.org AND e.team =", scope.Id).Add("))"),
                ScopeReach.Engineer => sql.Add("AND (b.scope = 'engineer' AND b.scope_id =", scope.Id).Add($"OR b.scope = 'api_key' AND {OwnerOfKey} =", scope.Id).Add(")"),
                _ => sql.Add("AND 1 = 0"),
            };
            sql = sql.AddIf("AND b.id <", page.After.Length > 0 ? page.After : null).Add("ORDER BY b.id DESC LIMIT", (long)page.Limit);
            return session.ReadAsync(sql, Read, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Budget?> ChangeAsync(string org, string id, Func<Budget, Budget> change, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await FindAsync(session, org, id, session.ForUpdate, cancellationToken) is not { } before)
            {
                return null;
            }

            var after = change(before);
            await session.RunAsync(
                new SqlText()
                    .Add("UPDATE budgets SET name =", after.Name).Add(", owner =", after.Owner).Add(", amount =", after.Amount.ToString())
                    .Add(", period =", BudgetWords.Of(after.Period)).Add(", zone =", after.Zone).Add(", hard =", after.IsHard ? 1L : 0L)
                    .Add(", thresholds =", Join(after.Thresholds)).Add(", alert_threshold =", (long)after.AlertThresholdPercent)
                    .Add("WHERE org =", org).Add("AND id =", id),
                cancellationToken);
            await session.NoteAsync(BudgetAudit.Of(before, after, stamp), cancellationToken);
            return after;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string org, string id, AuditStamp stamp, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await FindAsync(session, org, id, session.ForUpdate, cancellationToken) is not { } before)
            {
                return false;
            }

            await session.RunAsync(new SqlText().Add("DELETE FROM notification_fired WHERE org =", org).Add("AND budget =", id), cancellationToken);
            await session.RunAsync(new SqlText().Add("DELETE FROM budgets WHERE org =", org).Add("AND id =", id), cancellationToken);
            await session.NoteAsync(BudgetAudit.Removed(before, stamp), cancellationToken);
            return true;
        },
        cancellationToken);

    private static Task<Budget?> FindAsync(ISqlSession session, string org, string id, string ending, CancellationToken cancellationToken) => session.FirstAsync(
        new SqlText().Add($"SELECT {Columns} FROM budgets b WHERE b.org =", org).Add("AND b.id =", id).Add(ending), Read, cancellationToken);

    private static string Join(IReadOnlyList<int> thresholds) => string.Join(',', thresholds.Select(static percent => percent.ToString(CultureInfo.InvariantCulture)));

    private static Budget Read(ISqlRow row) => new()
    {
        Org = row.Text(0),
        Id = row.Text(1),
        Name = row.Text(2),
        Scope = BudgetWords.Scope(row.Text(3)) ?? throw new StorageFailedException($"The scope of budget {row.Text(1)} is unknown: {row.Text(3)}."),
        ScopeId = row.Text(4),
        Owner = row.Text(5),
        Amount = Usd.TryParse(row.Text(6), out var amount) ? amount : throw new StorageFailedException($"The amount of budget {row.Text(1)} is no number."),
        Period = BudgetWords.Period(row.Text(7)) ?? throw new StorageFailedException($"The period of budget {row.Text(1)} is unknown: {row.Text(7)}."),
        Zone = row.Text(8),
        IsHard = row.Integer(9) != 0,
        Thresholds = [.. row.Text(10).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static text => int.Parse(text, CultureInfo.InvariantCulture))],
        AlertThresholdPercent = (int)row.Integer(11),
        CreatedAt = row.Moment(12),
    };
}
