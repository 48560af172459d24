using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Storage.Sql.Ledger;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Sqlite.Ledger;

/// <summary>Writes wallets, the postings to accounts, and grants.</summary>
internal sealed class WalletTable(Connection connection, AccountTable accounts)
{
    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO wallets (org, id, name, owner_kind, owner_id, overdraft, overdraft_limit, state, free_run_used, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """u8);

    private Statement Update => field ??= connection.Prepare(
        """
        UPDATE wallets SET name = ?3, owner_kind = ?4, owner_id = ?5, overdraft = ?6, overdraft_limit = ?7, state = ?8, free_run_used = ?9,
                           created_at = ?10
        WHERE org = ?1 AND id = ?2
        """u8);

    private Statement InsertGrant => field ??= connection.Prepare(
        """
        INSERT INTO grants (org, id, wallet, account, category, amount, cost_basis, priority, effective_at, expires_at, applicability,
                            funding, created_at, voided_at, due_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """u8);

    private Statement UpdateVoided => field ??= connection.Prepare(
        "UPDATE grants SET voided_at = ?3, due_at = NULL WHERE org = ?1 AND id = ?2 AND voided_at IS NULL"u8);

    private Statement UpdateDue => field ??= connection.Prepare("UPDATE grants SET due_at = ?3 WHERE org = ?1 AND id = ?2"u8);

    /// <summary>Writes the wallets, posts to the accounts, then writes the grants, which name theirs.</summary>
    public void Write(LedgerChanges changes)
    {
        var floors = new Dictionary<LedgerKey, Credits?>();
        foreach (var wallet in changes.NewWallets)
        {
            Write(Insert, wallet);
            floors[wallet.Receivable] = wallet.OverdraftMax;
        }

        foreach (var wallet in changes.ChangedWallets)
        {
            Write(Update, wallet);
            floors[wallet.Receivable] = wallet.OverdraftMax;
        }

        Post(changes, floors);
        foreach (var grant in changes.Grants)
        {
            Write(grant);
        }

        foreach (var grant in changes.Scheduled)
        {
            Change(UpdateDue, grant, grant.DueAt);
        }

        foreach (var grant in changes.Voided)
        {
            Change(UpdateVoided, grant, grant.VoidedAt);
        }
    }

    private void Change(Statement statement, Grant grant, DateTimeOffset? at)
    {
        statement.Bind(1, grant.Org);
        statement.Bind(2, grant.Id);
        statement.Bind(3, at.ToColumn());
        statement.Run();
        RequireOne("grant", grant.Id);
    }

    /// <summary>What a wallet may owe changes together with what it owes, so that no order of the two breaks the floor.</summary>
    private void Post(LedgerChanges changes, Dictionary<LedgerKey, Credits?> floors)
    {
        foreach (var (account, change) in changes.Accounts)
        {
            var setsFloor = floors.Remove(account, out var floor);
            accounts.Post(account, setsFloor ? change with { OverdraftMax = floor } : change, setsFloor);
        }

        foreach (var (account, floor) in floors)
        {
            if (accounts.Find(account) is not null)
            {
                accounts.Post(account, new(string.Empty, floor, default), setsFloor: true);
            }
        }
    }

    private void Write(Statement statement, Wallet wallet)
    {
        statement.Bind(1, wallet.Org);
        statement.Bind(2, wallet.Id);
        statement.Bind(3, wallet.Name);
        statement.Bind(4, wallet.Owner.Kind);
        statement.Bind(5, wallet.Owner.Id);
        statement.Bind(6, (long)wallet.Overdraft);
        statement.Bind(7, wallet.OverdraftLimit?.Nanocredits);
        statement.Bind(8, (long)wallet.State);
        statement.Bind(9, wallet.FreeRunUsed ? 1 : 0);
        statement.Bind(10, wallet.CreatedAt.ToColumn());
        statement.Run();
        RequireOne("wallet", wallet.Id);
    }

    private void Write(Grant grant)
    {
        InsertGrant.Bind(1, grant.Org);
        InsertGrant.Bind(2, grant.Id);
        InsertGrant.Bind(3, grant.Wallet);
        InsertGrant.Bind(4, accounts.NumberOf(grant.Account));
        InsertGrant.Bind(5, (long)grant.Category);
        InsertGrant.Bind(6, grant.Amount.Nanocredits);
        InsertGrant.Bind(7, grant.CostBasis.ToColumn());
        InsertGrant.Bind(8, grant.Priority);
        InsertGrant.Bind(9, grant.EffectiveAt.ToColumn());
        InsertGrant.Bind(10, grant.ExpiresAt.ToColumn());
        InsertGrant.Bind(11, GrantRow.Write(grant.Applicability));
        InsertGrant.Bind(12, grant.Funding);
        InsertGrant.Bind(13, grant.CreatedAt.ToColumn());
        InsertGrant.Bind(14, grant.VoidedAt.ToColumn());
        InsertGrant.Bind(15, grant.DueAt.ToColumn());
        InsertGrant.Run();
    }

    private void RequireOne(string what, string id)
    {
        if (connection.Changes != 1)
        {
            throw new LedgerRaceException($"The {what} {id} was changed by somebody else.");
        }
    }
}
