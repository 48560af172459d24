using Farthing.Domain.Ledger;
using Farthing.Domain.Money;

namespace Farthing.Domain.Billing;

/// <summary>A part of what a run cost, as it is reported: used for one thing.</summary>
/// <param name="Use">What it was used for.</param>
/// <param name="IsAtOurCost">Whether the seller owes the provider for it; not where the customer pays the provider.</param>
/// <param name="Cost">How much until now, in the run's own way of counting.</param>
public readonly record struct RunPart(CreditUse Use, bool IsAtOurCost, Usd Cost);

/// <summary>What of a run's cost was used for one thing, and how much of it was settled.</summary>
/// <param name="Use">What it was used for; <see cref="CreditUse.Any"/> for what nobody told the use of.</param>
/// <param name="IsAtOurCost">Whether the seller owes the provider for it.</param>
public sealed record RunUse(CreditUse Use, bool IsAtOurCost)
{
    /// <summary>What of <see cref="Reported"/> belongs to earlier attempts.</summary>
    public Usd Baseline { get; init; }

    /// <summary>What was reported for it last, in the run's own way of counting.</summary>
    public Usd Reported { get; init; }

    /// <summary>What was charged for it, paid or not.</summary>
    public Credits Settled { get; init; }

    /// <summary>What it cost in this attempt alone; never negative.</summary>
    public Usd Own => Reported > Baseline ? Reported - Baseline : Usd.Zero;
}

/// <summary>
/// What a run's cost was used for, as far as it was told. It decides which grants pay and which providers are owed, never
/// how much is charged: every amount is shared out exactly. Two of them are equal when they hold the same.
/// </summary>
public sealed class RunUses : IEquatable<RunUses>
{
    /// <summary>The most uses that are told apart; what is beyond is used for nothing in particular.</summary>
    public const int UsesMax = 256;

    private readonly RunUse[] uses;

    /// <summary>Takes over uses; each stands there once.</summary>
    public RunUses(IEnumerable<RunUse> uses) => this.uses =
    [
        .. uses.OrderBy(static use => use.Use.Provider, StringComparer.Ordinal).ThenBy(static use => use.Use.Model, StringComparer.Ordinal)
            .ThenBy(static use => use.Use.Project, StringComparer.Ordinal).ThenBy(static use => use.IsAtOurCost),
    ];

    /// <summary>Nothing was told.</summary>
    public static RunUses None { get; } = new([]);

    /// <summary>The uses in the order of their names.</summary>
    public IReadOnlyList<RunUse> All => uses;

    /// <summary>
    /// Takes over how a total is made up. What is not named any more was not used; a report without parts changes nothing,
    /// and what it adds is used for nothing in particular.
    /// </summary>
    public RunUses Report(IReadOnlyList<RunPart> parts)
    {
        var told = parts.Where(static part => part.Use != CreditUse.Any && part.Cost > Usd.Zero)
            .GroupBy(static part => (part.Use, part.IsAtOurCost), static part => part.Cost)
            .Select(static costs => (costs.Key, Cost: costs.Aggregate(Usd.Zero, static (sum, cost) => sum + cost)))
            .OrderByDescending(static part => part.Cost).Take(UsesMax).ToDictionary(static part => part.Key, static part => part.Cost);
        return told.Count == 0
            ? this
            : new(Joined(told.Keys).Select(use => use with { Reported = told.GetValueOrDefault((use.Use, use.IsAtOurCost), use.Baseline) }));
    }

    /// <summary>Notes what was charged for which use.</summary>
    public RunUses Settle(IReadOnlyList<UseShare> shares)
    {
        var settled = shares.GroupBy(static share => (share.Use, share.IsAtOurCost), static share => share.Amount)
            .ToDictionary(static amounts => amounts.Key, static amounts => amounts.Aggregate(Credits.Zero, static (sum, amount) => sum + amount));
        return settled.Count == 0
            ? this
            : new(Joined(settled.Keys).Select(use => use with { Settled = use.Settled + settled.GetValueOrDefault((use.Use, use.IsAtOurCost)) }));
    }

    /// <summary>The same with nothing settled.</summary>
    public RunUses Unsettled() => new(uses.Select(static use => use with { Settled = Credits.Zero }));

    /// <summary>With what an attempt begins that goes on with the counts of this one.</summary>
    public RunUses GoneOn() => new(uses.Where(static use => use.Reported > Usd.Zero).Select(static use => use with { Baseline = use.Reported, Settled = Credits.Zero }));

    /// <summary>Shares an amount out over what was used and not settled yet.</summary>
    /// <param name="amount">What is to be charged now.</param>
    /// <param name="inference">What this attempt cost in all.</param>
    /// <param name="credits">The same in credits, rounded once.</param>
    /// <returns>Shares that add up to the amount; what was used for nothing in particular is the first.</returns>
    public IReadOnlyList<UseShare> Share(Credits amount, Usd inference, Credits credits)
    {
        if (amount <= Credits.Zero)
        {
            return [];
        }

        var all = Joined([(CreditUse.Any, false)], UsesMax + 1);
        var costs = all.ConvertAll(static use => use.Use == CreditUse.Any ? 0 : use.Own.Picodollars);
        var any = all.FindIndex(static use => use.Use == CreditUse.Any);
        costs[any] = Int128.Max(0, inference.Picodollars - costs.Aggregate(Int128.Zero, static (sum, cost) => sum + cost));
        var due = Rounding.Share(credits.Nanocredits, costs);
        var open = all.Select((use, index) => due[index] - use.Settled.Nanocredits).ToArray();
        PassOn(all, open);
        var shares = Rounding.Share(amount.Nanocredits, [.. open.Select(static amount => (Int128)Math.Max(0, amount))]);
        return [.. all.Select((use, index) => new UseShare(use.Use, new(shares[index]), use.IsAtOurCost)).Where(static share => share.Amount > Credits.Zero)];
    }

    /// <summary>What was paid for a use beyond what it cost was paid for uses that it holds: for a model in whatever project.</summary>
    private static void PassOn(List<RunUse> uses, long[] open)
    {
        for (var payer = 0; payer < open.Length; payer++)
        {
            for (var other = 0; other < open.Length && open[payer] < 0 && uses[payer].Use != CreditUse.Any; other++)
            {
                if (open[other] > 0 && Holds(uses[payer].Use, uses[other].Use))
                {
                    var passed = Math.Min(-open[payer], open[other]);
                    (open[payer], open[other]) = (open[payer] + passed, open[other] - passed);
                }
            }
        }
    }

    private static bool Holds(in CreditUse wide, in CreditUse narrow) =>
        (wide.Provider.Length == 0 || wide.Provider == narrow.Provider)
        && (wide.Model.Length == 0 || wide.Model == narrow.Model)
        && (wide.Project.Length == 0 || wide.Project == narrow.Project);

    /// <inheritdoc/>
    public bool Equals(RunUses? other) => other is not null && uses.AsSpan().SequenceEqual(other.uses);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RunUses);

    /// <inheritdoc/>
    public override int GetHashCode() => uses.Length == 0 ? 0 : HashCode.Combine(uses.Length, uses[0]);

    /// <summary>The uses that matter and others, in their order, as many as there may be.</summary>
    private List<RunUse> Joined(IEnumerable<(CreditUse Use, bool IsAtOurCost)> others, int usesMax = UsesMax)
    {
        var known = uses.Where(static use => use.Settled != Credits.Zero || use.Baseline > Usd.Zero || use.Reported > Usd.Zero).ToList();
        var names = known.Select(static use => (use.Use, use.IsAtOurCost)).ToHashSet();
        var added = others.Where(names.Add).Take(Math.Max(0, usesMax - known.Count)).Select(static other => new RunUse(other.Use, other.IsAtOurCost));
        return [.. new RunUses(known.Concat(added)).uses];
    }
}
