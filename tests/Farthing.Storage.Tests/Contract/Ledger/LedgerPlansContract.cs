using Farthing.Storage.Sql;
using Farthing.Storage.Sql.Ledger;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>What queries that run all the time cost in a ledger with a long history: they go by an index, to what they want.</summary>
public abstract class LedgerPlansContract
{
    private const int History = 5_000;

    [Fact]
    public async Task Looking_for_what_is_due_passes_by_everything_that_ever_was()
    {
        await using var ledger = Create();
        await ledger.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {History})
            INSERT INTO grants (org, id, wallet, account, category, amount, cost_basis, priority, effective_at, expires_at, funding, created_at, due_at)
            SELECT 'acme', 'g' || i, 'w1', i, 0, 1, '0', 50, 0, 1000, 'manual', 0, CASE WHEN i = 1 THEN 1000 END FROM n
            """);
        await ledger.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {History})
            INSERT INTO holds (org, id, wallet, state, amount, captured, use_provider, use_model, use_project, created_at, expires_at, lines)
            SELECT 'acme', 'h' || i, 'w1', CASE WHEN i = 1 THEN 0 WHEN i % 2 = 0 THEN 2 ELSE 3 END, 1, 0, '', '', '', 0, 1000, '[]' FROM n
            """);
        await ledger.ExecuteAsync("ANALYZE");

        var plan = await ledger.PlanAsync(Literal(LedgerUpkeepText.Overdue(ledger.Time.Now, 1_000)));

        plan.ShouldContain("grants_due");
        plan.ShouldContain("holds_due");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("SCAN grants");
        plan.ShouldNotContain("SCAN holds");
    }

    [Fact]
    public async Task Looking_for_open_holds_passes_by_those_that_have_ended()
    {
        await using var ledger = Create();
        await ledger.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {History})
            INSERT INTO holds (org, id, wallet, state, amount, captured, use_provider, use_model, use_project, created_at, expires_at, lines)
            SELECT 'acme', 'h' || i, 'w1', CASE i WHEN 1 THEN 0 WHEN 2 THEN 2 ELSE 3 END, 1, 0, '', '', '', 0, 1000, '[]' FROM n
            """);
        await ledger.ExecuteAsync("ANALYZE");

        var plan = await ledger.PlanAsync(Literal(LedgerQueryText.Holds(new() { Org = "acme", Wallet = "w1", OnlyOpen = true })));

        plan.ShouldContain("holds_due");
        plan.ShouldContain("holds_unsettled");
        plan.ShouldNotContain("holds_of_wallets");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("SCAN holds");
    }

    protected abstract LedgerUnderTest Create();

    /// <summary>The text with its numbers in their places.</summary>
    private static string Literal(SqlText sql)
    {
        var text = sql.ToString();
        for (var number = sql.Parameters.Count; number > 0; number--)
        {
            text = text.Replace($"${number} ", sql.Parameters[number - 1] is string word ? $"'{word}' " : $"{sql.Parameters[number - 1]} ", StringComparison.Ordinal);
        }

        return text;
    }
}
