using Farthing.Domain.Money;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>What was told about budgets. The primary key of the table decides who of several tells it.</summary>
internal sealed class StoredMarks(ISqlDatabase database) : IBudgetMarks
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.ReadAsync(new SqlText().Add("SELECT DISTINCT org FROM budgets ORDER BY org"), static row => row.Text(0), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> FiredAsync(Budget budget, string window, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.ReadAsync(
            new SqlText()
                .Add("SELECT threshold FROM notification_fired WHERE org =", budget.Org).Add("AND budget =", budget.Id)
                .Add("AND window_start =", window).Add("AND amount =", budget.Amount.ToString()).Add("ORDER BY threshold"),
            static row => (int)row.Integer(0),
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FireAsync(BudgetMark mark, IReadOnlyList<OutboxMessage> messages, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await session.AnyAsync(Insert(mark, now), cancellationToken))
            {
                return false;
            }

            foreach (var message in messages)
            {
                await session.RunAsync(StoredOutbox.Insert(message, now), cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task RearmAsync(BudgetMark mark, DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.RunAsync(
                new SqlText()
                    .Add("DELETE FROM notification_fired WHERE org =", mark.Org).Add("AND budget =", mark.Budget).Add("AND window_start =", mark.Window)
                    .Add("AND threshold =", (long)mark.Threshold).Add("AND amount =", TextOf(mark.Amount))
                    .Add("AND fired <", before.ToUnixTimeMilliseconds()),
                cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Answers with a row when the mark is new. That of a budget stands only while the budget has the amount it is about.</summary>
    private static SqlText Insert(BudgetMark mark, DateTimeOffset now)
    {
        var sql = new SqlText()
            .Add("INSERT INTO notification_fired (org, budget, window_start, threshold, amount, fired) SELECT", mark.Org).Add(",", mark.Budget)
            .Add(",", mark.Window).Add(", CAST(", (long)mark.Threshold).Add("AS BIGINT),", TextOf(mark.Amount))
            .Add(", CAST(", now.ToUnixTimeMilliseconds()).Add("AS BIGINT)");
        sql = mark.Amount is null
            ? sql.Add("WHERE 1 = 1")
            : sql.Add("WHERE EXISTS (SELECT 1 FROM budgets b WHERE b.org =", mark.Org).Add("AND b.id =", mark.Budget)
                .Add("AND b.amount =", TextOf(mark.Amount)).Add(")");
        return sql.Add("ON CONFLICT (org, budget, window_start, threshold, amount) DO NOTHING RETURNING threshold");
    }

    private static string TextOf(Usd? amount) => amount?.ToString() ?? string.Empty;
}
