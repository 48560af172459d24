using Farthing.Domain.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Numbers accounts and posts to them: one conditional statement a posting.</summary>
internal sealed class AccountTable(Connection connection)
{
    private const int KnownMax = 65_536;

    private readonly Dictionary<LedgerKey, long> known = [];

    private Statement Select => field ??= connection.Prepare("SELECT id FROM accounts WHERE org = ?1 AND name = ?2"u8);

    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO accounts (org, name, wallet, overdraft_max, debits_posted, credits_posted, debits_pending, credits_pending)
        VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0)
        RETURNING id
        """u8);

    private Statement Update => field ??= connection.Prepare(
        """
        UPDATE accounts
        SET debits_posted = debits_posted + ?2, credits_posted = credits_posted + ?3,
            debits_pending = debits_pending + ?4, credits_pending = credits_pending + ?5,
            overdraft_max = CASE WHEN ?6 THEN ?7 ELSE overdraft_max END
        WHERE id = ?1
          AND (CASE WHEN ?6 THEN ?7 ELSE overdraft_max END IS NULL
               OR debits_posted + ?2 + debits_pending + ?4 - credits_posted - ?3 <= CASE WHEN ?6 THEN ?7 ELSE overdraft_max END)
        """u8);

    /// <summary>A sum that needs more than 64 bits becomes a floating one in SQLite, which the table refuses.</summary>
    private Statement SelectOverflow => field ??= connection.Prepare(
        """
        SELECT 1 FROM accounts
        WHERE id = ?1
          AND 'real' IN (typeof(debits_posted + ?2), typeof(credits_posted + ?3), typeof(debits_pending + ?4), typeof(credits_pending + ?5))
        """u8);

    /// <summary>Notes a number that was read elsewhere.</summary>
    public void Remember(LedgerKey account, long number)
    {
        if (known.Count >= KnownMax)
        {
            known.Clear();
        }

        known[account] = number;
    }

    /// <summary>Forgets everything: what was inserted may be gone.</summary>
    public void Forget() => known.Clear();

    /// <summary>The number of an account; null when it was never posted to.</summary>
    public long? Find(LedgerKey account)
    {
        if (known.TryGetValue(account, out var number))
        {
            return number;
        }

        Select.Bind(1, account.Org);
        Select.Bind(2, account.Id);
        if (!Select.Step())
        {
            return null;
        }

        number = Select.Integer(0);
        Select.Reset();
        Remember(account, number);
        return number;
    }

    /// <summary>The number of an account that was posted to.</summary>
    public long NumberOf(LedgerKey account) =>
        Find(account) ?? throw new StorageFailedException($"The account {account.Id} of {account.Org} is missing in {connection.Path}.");

    /// <summary>Adds a change to an account, which is opened by its first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="change">The change, with what may be owed on a new account.</param>
    /// <param name="setsFloor">Whether that is what may be owed from now on, on an account that is there too.</param>
    public void Post(LedgerKey account, in AccountChange change, bool setsFloor)
    {
        var number = Find(account) ?? Open(account, change);
        Bind(Update, number, change.Change);
        Update.Bind(6, setsFloor ? 1 : 0);
        Update.Bind(7, change.OverdraftMax?.Nanocredits);
        try
        {
            Update.Run();
        }
        catch (StorageFailedException failure) when (Overflows(number, change.Change))
        {
            throw new OverflowException($"The account {account.Id} of {account.Org} cannot count that far.", failure);
        }

        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The account {account.Id} of {account.Org} would pass its floor.");
        }
    }

    private bool Overflows(long number, in AccountCounters change)
    {
        Bind(SelectOverflow, number, change);
        var overflows = SelectOverflow.Step();
        SelectOverflow.Reset();
        return overflows;
    }

    private static void Bind(Statement statement, long number, in AccountCounters change)
    {
        statement.Bind(1, number);
        statement.Bind(2, change.DebitsPosted);
        statement.Bind(3, change.CreditsPosted);
        statement.Bind(4, change.DebitsPending);
        statement.Bind(5, change.CreditsPending);
    }

    private long Open(LedgerKey account, in AccountChange change)
    {
        Insert.Bind(1, account.Org);
        Insert.Bind(2, account.Id);
        Insert.Bind(3, change.Wallet);
        Insert.Bind(4, change.OverdraftMax?.Nanocredits);
        _ = Insert.Step();
        var number = Insert.Integer(0);
        Insert.Reset();
        Remember(account, number);
        return number;
    }
}
