using Farthing.Storage.Postgres.Budgets;
using Farthing.Storage.Sql.Budgets;
using Farthing.Storage.Sqlite.Budgets;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage;

/// <summary>Budgets, what was told about them and what waits to be sent, in whichever engine.</summary>
public sealed class BudgetStores
{
    private BudgetStores(ISqlDatabase database)
    {
        Budgets = new StoredBudgets(database);
        Marks = new StoredMarks(database);
        Outbox = new StoredOutbox(database);
    }

    /// <summary>The budgets.</summary>
    public IBudgets Budgets { get; }

    /// <summary>What was told about them.</summary>
    public IBudgetMarks Marks { get; }

    /// <summary>What waits to be sent.</summary>
    public IOutbox Outbox { get; }

    /// <summary>Those in the embedded store, which outlives them.</summary>
    public static BudgetStores Of(SqliteStore store) => new(new SqliteSessions(store.Database, store.Gate));

    /// <summary>Those in a PostgreSQL database, which outlives them.</summary>
    public static BudgetStores Of(PostgresDatabase database) => new(new PostgresSessions(database));
}
