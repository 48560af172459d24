using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>The wallets that requests name, and those that hang on what they name: a query of their keys, and its parameters.</summary>
internal sealed class ReachedWallets
{
    private readonly IReadOnlyList<(ISet<LedgerKey> Keys, string Wallets)> named;

    /// <summary>Those of some requests.</summary>
    public ReachedWallets(LedgerKeys keys)
    {
        (ISet<LedgerKey> Keys, string Wallets)[] all =
        [
            (keys.Wallets, "SELECT k.org, k.id FROM {0}"),
            (keys.StrayHolds, "SELECT h.org, h.wallet FROM {0} JOIN holds h ON h.org = k.org AND h.id = k.id"),
            (keys.Grants, "SELECT g.org, g.wallet FROM {0} JOIN grants g ON g.org = k.org AND g.id = k.id"),
            (keys.Runs, "SELECT r.org, r.wallet FROM {0} JOIN runs r ON r.org = k.org AND r.id = k.id"),
            (keys.Plans, "SELECT r.org, r.wallet FROM {0} JOIN runs r ON r.org = k.org AND r.plan = k.id"),
            (keys.Transactions, "SELECT t.org, t.wallet FROM {0} JOIN transactions t ON t.org = k.org AND t.id = k.id"),
        ];
        named = [.. all.Where(static part => part.Keys.Count > 0)];
        Query = named.Count == 0
            ? "SELECT '', '' WHERE 1 = 0"
            : string.Join(" UNION ", named.Select(static (part, at) => part.Wallets.Replace("{0}", Unnest((2 * at) + 1), StringComparison.Ordinal)));
    }

    /// <summary>Organisation and id of each, by the parameters from the first on that <see cref="Add"/> adds.</summary>
    public string Query { get; }

    /// <summary>Keys as a table <c>k</c>, by two parameters of which this is the number of the first.</summary>
    public static string Unnest(int number) => $"unnest(${number}::text[], ${number + 1}::text[]) k (org, id)";

    /// <summary>Adds the parameters of the query to a command that holds it.</summary>
    public void Add(NpgsqlBatchCommand command)
    {
        foreach (var (keys, _) in named)
        {
            command.Keys([.. keys]);
        }
    }
}
