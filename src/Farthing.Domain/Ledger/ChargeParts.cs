using Farthing.Domain.Money;

namespace Farthing.Domain.Ledger;

/// <summary>What the seller owes a provider for the calls of a charge.</summary>
/// <param name="Provider">The provider; not empty.</param>
/// <param name="Amount">How much, at cost; positive.</param>
public readonly record struct ProviderCost(string Provider, Credits Amount);

/// <summary>What of a charge was used for one thing. The grants that serve it pay.</summary>
/// <param name="Use">What it was used for.</param>
/// <param name="Amount">How much.</param>
/// <param name="IsAtOurCost">Whether the seller owes the provider for it; not where the customer pays the provider.</param>
public readonly record struct UseShare(CreditUse Use, Credits Amount, bool IsAtOurCost);

/// <summary>What a charge consists of: each part is income of its own kind.</summary>
/// <param name="Passthrough">Model calls at cost.</param>
/// <param name="Markup">What comes on top of them.</param>
/// <param name="SuccessFee">The fee for a run that succeeded.</param>
public readonly record struct ChargeParts(Credits Passthrough, Credits Markup, Credits SuccessFee)
{
    /// <summary>
    /// What of <see cref="Passthrough"/> is owed to which provider: booked beside the income, so that the books show what is
    /// left of it. Nothing where the provider is not known or the customer pays it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not positive, or all together are more than is passed through.</exception>
    public IReadOnlyList<ProviderCost> Costs
    {
        get => field ?? [];
        init => field = AreWithin(value, Passthrough) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "No provider is owed more than is passed through.");
    }

    /// <summary>All parts together.</summary>
    public Credits Total => Passthrough + Markup + SuccessFee;

    /// <summary>Whether every part is something or nothing.</summary>
    public bool HasNoNegative => Passthrough >= Credits.Zero && Markup >= Credits.Zero && SuccessFee >= Credits.Zero;

    /// <summary>Model calls at cost and nothing else.</summary>
    public static ChargeParts Of(Credits passthrough) => new(passthrough, Credits.Zero, Credits.Zero);

    /// <summary>The same, with the passthrough owed to a provider; as it is when that is not known.</summary>
    public ChargeParts OwedTo(string provider) =>
        provider.Length > 0 && Passthrough > Credits.Zero ? this with { Costs = [new(provider, Passthrough)] } : this;

    /// <summary>The same, with what its shares cost the seller owed to their providers.</summary>
    public ChargeParts OwedFor(IReadOnlyList<UseShare> shares) => this with
    {
        Costs =
        [
            .. shares
                .Where(static share => share.IsAtOurCost && share.Use.Provider.Length > 0 && share.Amount > Credits.Zero)
                .GroupBy(static share => Chart.Cost(share.Use.Provider), StringComparer.Ordinal)
                .Select(static shares => new ProviderCost(shares.First().Use.Provider, shares.Aggregate(Credits.Zero, static (sum, share) => sum + share.Amount))),
        ],
    };

    internal void AddTo(List<Entry> entries)
    {
        Add(Chart.Passthrough, Passthrough);
        Add(Chart.Markup, Markup);
        Add(Chart.SuccessFee, SuccessFee);
        foreach (var cost in Costs)
        {
            entries.Add(new(Chart.Cost(cost.Provider), EntrySide.Debit, cost.Amount));
            entries.Add(new(Chart.Payable(cost.Provider), EntrySide.Credit, cost.Amount));
        }

        void Add(string account, Credits amount)
        {
            if (amount > Credits.Zero)
            {
                entries.Add(new(account, EntrySide.Credit, amount));
            }
        }
    }

    private static bool AreWithin(IReadOnlyList<ProviderCost> costs, Credits passthrough)
    {
        var left = passthrough;
        foreach (var cost in costs)
        {
            if (cost.Amount <= Credits.Zero || cost.Amount > left || cost.Provider.Length == 0)
            {
                return false;
            }

            left -= cost.Amount;
        }

        return true;
    }
}
