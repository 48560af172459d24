using System.Text;
using System.Text.Json;
using Farthing.Domain.Ledger;

namespace Farthing.Storage.Sql.Ledger;

/// <summary>Grants as rows.</summary>
internal static class GrantRow
{
    /// <summary>The columns of a grant <c>g</c> with the number and the counters of its account <c>a</c>.</summary>
    public const string Columns =
        "g.org, g.id, g.wallet, g.category, g.amount, g.cost_basis, g.priority, g.effective_at, g.expires_at, g.applicability, "
        + "g.funding, g.created_at, g.voided_at, g.due_at, a.id, " + WalletRow.Counters;

    /// <summary>Accounts <c>a</c> that matter to a wallet: something is left of the grant, or held. As the partial index has it.</summary>
    public const string IsInUse = "a.wallet <> '' AND (a.credits_posted > a.debits_posted OR a.debits_pending <> 0)";

    private const int AccountColumn = 14;

    /// <summary>The grant of a row.</summary>
    public static GrantBalance Read<TRow>(TRow row)
        where TRow : ISqlRow
    {
        var grant = new Grant
        {
            Org = row.Text(0),
            Id = row.Text(1),
            Wallet = row.Text(2),
            Category = (GrantCategory)row.Integer(3),
            Amount = row.Amount(4),
            CostBasis = row.Dollars(5),
            Priority = (int)row.Integer(6),
            EffectiveAt = row.Instant(7),
            ExpiresAt = row.InstantOrNull(8),
            Applicability = row.IsNull(9) ? Applicability.Everything : ReadApplicability(row.Text(9)),
            Funding = row.Text(10),
            CreatedAt = row.Instant(11),
            VoidedAt = row.InstantOrNull(12),
            DueAt = row.InstantOrNull(13),
        };
        return new(grant, WalletRow.ReadCounters(row, AccountColumn + 1));
    }

    /// <summary>The number of the grant's account.</summary>
    public static long ReadAccount<TRow>(TRow row)
        where TRow : ISqlRow => row.Integer(AccountColumn);

    /// <summary>What a grant may be used for, as JSON; null for everything.</summary>
    public static string? Write(Applicability applicability)
    {
        if (applicability.IsUnrestricted)
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Write(json, "providers", applicability.Providers);
            Write(json, "models", applicability.Models);
            Write(json, "projects", applicability.Projects);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static Applicability ReadApplicability(string text)
    {
        using var json = JsonDocument.Parse(text);
        return new(ReadList(json, "providers"), ReadList(json, "models"), ReadList(json, "projects"));
    }

    private static List<string> ReadList(JsonDocument json, string name) =>
        [.. json.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetString() ?? string.Empty)];
}
