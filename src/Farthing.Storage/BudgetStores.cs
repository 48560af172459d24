using Farthing.Storage.Postgres.Budgets;
using Farthing.Storage.Sql.Budgets;
using Farthing.Storage.Sqlite.Budgets;
using Farthing.Workflows.Alerting;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage;

/// <summary>Budgets, what was told about them, alerts with their thresholds, what waits to be sent and the views that people keep, in whichever engine.</summary>
public sealed class BudgetStores
{
    private BudgetStores(ISqlDatabase database)
    {
        Budgets = new StoredBudgets(database);
        Marks = new StoredMarks(database);
        Outbox = new StoredOutbox(database);
        Alerts = new StoredAlerts(database);
        AlertConfigs = new StoredAlertConfigs(database);
        Outcomes = new StoredOutcomes(database);
        Messages = new StoredMessages(database);
        Views = new StoredViews(database);
    }

    /// <summary>The budgets.</summary>
    public IBudgets Budgets { get; }

    /// <summary>What was told about them.</summary>
    public IBudgetMarks Marks { get; }

    /// <summary>What waits to be sent.</summary>
    public IOutbox Outbox { get; }

    /// <summary>The alerts.</summary>
    public IAlerts Alerts { get; }

    /// <summary>The thresholds of alerts.</summary>
    public IAlertConfigs AlertConfigs { get; }

    /// <summary>What came of reported sessions.</summary>
    public ISessionOutcomes Outcomes { get; }

    /// <summary>What was or is to be sent, for people.</summary>
    public IMessages Messages { get; }

    /// <summary>The views that people keep.</summary>
    public ISavedViews Views { get; }

    /// <summary>Those in the embedded store, which outlives them.</summary>
    public static BudgetStores Of(SqliteStore store) => new(new SqliteSessions(store.Database, store.Gate));

    /// <summary>Those in a PostgreSQL database, which outlives them.</summary>
    public static BudgetStores Of(PostgresDatabase database) => new(new PostgresSessions(database));
}
