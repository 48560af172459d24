using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;

namespace Farthing.Storage.Tests.Contract.Budgets;

/// <summary>What becomes of marks that knew a count of an amount's changes when they come to know the amount.</summary>
public abstract class MarksOfAmountsContract
{
    private const string Local = "local";

    private const string OlderMarks =
        """
        ALTER TABLE budgets ADD COLUMN limit_version BIGINT NOT NULL DEFAULT 2;
        DROP TABLE notification_fired;
        CREATE TABLE notification_fired (
            org           TEXT   NOT NULL,
            budget        TEXT   NOT NULL,
            window_start  TEXT   NOT NULL,
            threshold     BIGINT NOT NULL,
            limit_version BIGINT NOT NULL,
            fired         BIGINT NOT NULL,
            PRIMARY KEY (org, budget, window_start, threshold, limit_version)
        );
        INSERT INTO notification_fired SELECT org, id, '2026-11', 50, 1, 1 FROM budgets;
        INSERT INTO notification_fired SELECT org, id, '2026-11', 80, 2, 1 FROM budgets;
        INSERT INTO notification_fired VALUES ('local', 'weekly-digest', '2026-W47', 0, 0, 1);
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_told_of_the_amount_that_holds_stays_told()
    {
        await using var store = Create();
        var budget = new Budget
        {
            Org = Local, Id = AccessTexts.NewId(Noon), Name = "Budget", Scope = BudgetScope.Org, ScopeId = string.Empty, Amount = Usd.FromDecimal(100.5m), Period = BudgetPeriod.Month,
            Zone = "UTC", Thresholds = [50, 80], AlertThresholdPercent = 80, CreatedAt = Noon,
        };
        await StoresOf(store).Budgets.AddAsync(budget, new(Local, "operator", "request-1", Noon), Cancellation);

        await MigrateAsync(store, OlderMarks);

        var marks = StoresOf(store).Marks;
        (await marks.FiredAsync(budget, "2026-11", Cancellation)).ShouldBe([80]);
        (await marks.FireAsync(new(Local, budget.Id, "2026-11", 80, budget.Amount), [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.FireAsync(new(Local, "weekly-digest", "2026-W47", 0, Amount: null), [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.FireAsync(new(Local, "weekly-digest", "2026-W48", 0, Amount: null), [], Noon, Cancellation)).ShouldBeTrue();
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract StoreUnderTest Create();

    /// <summary>Its budgets.</summary>
    protected abstract BudgetStores StoresOf(StoreUnderTest store);

    /// <summary>Makes the tables as they were, and migrates them.</summary>
    protected abstract Task MigrateAsync(StoreUnderTest store, string older);
}
