using System.Globalization;
using Farthing.Domain.Allocation;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>Which two periods are compared.</summary>
public sealed record BridgeRequest
{
    /// <summary>How many groups have a line of their own.</summary>
    public const int LinesMax = 30;

    /// <summary>The later period, what it is split by, and its filters.</summary>
    public required ExploreRequest After { get; init; }

    /// <summary>The first day of the earlier period.</summary>
    public required DateOnly BeforeFirst { get; init; }

    /// <summary>Its last day, included.</summary>
    public required DateOnly BeforeLast { get; init; }

    /// <summary>The earlier period with the same filters.</summary>
    internal ExploreRequest Before => After with { First = BeforeFirst, Last = BeforeLast };
}

/// <summary>A group of a bridge. Amounts are to the cent: what both periods cost as every other page shows it, and the parts so that they add up to the change.</summary>
public sealed record BridgeLine
{
    /// <summary>The values of its dimensions; of what has no line of its own empty.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>What the values are called.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How many groups it holds that have no line of their own; 0 for a group.</summary>
    public int Others { get; init; }

    /// <summary>What it cost in the earlier period.</summary>
    public required Usd Before { get; init; }

    /// <summary>Why that changed.</summary>
    public required BridgeParts Parts { get; init; }

    /// <summary>What it cost in the later one: the earlier cost and the parts.</summary>
    public Usd After => Before + Parts.Sum;

    /// <summary>Whether all its amounts are zero.</summary>
    public bool IsNothing => Before == Usd.Zero && Parts == default;
}

/// <summary>Why spend changed from one period to another.</summary>
public sealed record BridgeReport
{
    /// <summary>What was asked.</summary>
    public required BridgeRequest Request { get; init; }

    /// <summary>What the earlier period cost, exactly.</summary>
    public required Usd Before { get; init; }

    /// <summary>What the later one cost, exactly.</summary>
    public required Usd After { get; init; }

    /// <summary>The parts of the change, exactly.</summary>
    public required BridgeParts Parts { get; init; }

    /// <summary>All of it to the cent: the sum of the lines and of their <see cref="Rest"/>.</summary>
    public required BridgeLine Total { get; init; }

    /// <summary>The groups that changed most, then all others together.</summary>
    public required IReadOnlyList<BridgeLine> Lines { get; init; }

    /// <summary>What the lines miss of the total as they are shown: each is rounded by itself.</summary>
    public BridgeLine Rest => new()
    {
        Path = [],
        Names = [],
        Before = Lines.Aggregate(Total.Before, static (rest, line) => rest - line.Before),
        Parts = Lines.Aggregate(Total.Parts, static (rest, line) => rest - line.Parts),
    };

    /// <summary>How sure the prices of both periods are; what is estimated or has no price is in no part.</summary>
    public required PricingTotals Pricing { get; init; }

    /// <summary>What values are called.</summary>
    public required DimensionNames Names { get; init; }
}

/// <summary>Tells why spend changed: reads the sums of two periods by group, model and rate card.</summary>
public sealed class BridgeSpend(ISpendQueries spend, ReadNames naming, SpendCalendar calendar)
{
    /// <summary>Compares them.</summary>
    public async Task<BridgeReport> CompareAsync(BridgeRequest request, CancellationToken cancellationToken)
    {
        var called = naming.WithinAsync(request.After.Within, cancellationToken);
        var earlier = spend.SpendAsync(QueryOf(request.Before), cancellationToken);
        var later = spend.SpendAsync(QueryOf(request.After), cancellationToken);
        await Task.WhenAll(called, earlier, later);
        var (before, after) = (await earlier, await later);
        var names = await naming.WithAsync(await called, request.After.Within, before.Concat(after).Select(static row => row.User), cancellationToken);
        var groups = GroupsOf(request.After.By, before, after);
        var parts = groups.Aggregate(default(BridgeParts), static (sum, group) => sum + group.Parts);
        return new()
        {
            Request = request,
            Before = Sum(groups).Before,
            After = Sum(groups).After,
            Parts = parts,
            Total = LineOf([], [], Sum(groups)),
            Lines = LinesOf(request.After.By, groups, names),
            Pricing = PricingTotals.Of(before) + PricingTotals.Of(after),
            Names = names,
        };
    }

    private SpendQuery QueryOf(ExploreRequest request) => request.ToQuery(calendar.Zone) with
    {
        GroupBy = [.. request.By.Append(SpendDimension.Model).Append(SpendDimension.RateCard).Distinct()],
    };

    /// <summary>The parts of each group of the view, from groups that are one model each; the groups that changed most first.</summary>
    private static List<Group> GroupsOf(IReadOnlyList<SpendDimension> by, IReadOnlyList<SpendRow> before, IReadOnlyList<SpendRow> after)
    {
        var uses = new Dictionary<string, (SpendRow Row, BridgeUse Before, BridgeUse After)>(StringComparer.Ordinal);
        foreach (var (row, isAfter) in before.Select(static row => (row, false)).Concat(after.Select(static row => (row, true))))
        {
            if (row.Status.IsPriced())
            {
                var key = KeyOf(by.Append(SpendDimension.Model).Select(one => row[one]));
                var (use, known) = (BridgeUse.Of(row.Card!, row.Tokens, row.Cost), uses.GetValueOrDefault(key));
                uses[key] = isAfter ? (row, known.Before, known.After + use) : (row, known.Before + use, known.After);
            }
        }

        var parts = SpendBridge.Of([.. uses.Values.Select(static use => (use.Before, use.After))]);
        return
        [
            .. uses.Values.Zip(parts, (use, part) => (use, part)).GroupBy(one => KeyOf(by.Select(dimension => one.use.Row[dimension])), StringComparer.Ordinal)
                .Select(group => group.Aggregate(
                    new Group([.. by.Select(dimension => group.First().use.Row[dimension])], Usd.Zero, default, Usd.Zero),
                    static (sum, one) => sum with { Before = sum.Before + one.use.Before.Cost, Parts = sum.Parts + one.part, After = sum.After + one.use.After.Cost }))
                .OrderByDescending(static group => Distance(group.Parts.Sum))
                .ThenBy(static group => KeyOf(group.Path), StringComparer.Ordinal),
        ];
    }

    /// <summary>The lines of the groups that changed most, and one of all others.</summary>
    private static List<BridgeLine> LinesOf(IReadOnlyList<SpendDimension> by, List<Group> groups, DimensionNames names)
    {
        var kept = groups.Count <= BridgeRequest.LinesMax + 1 ? groups : groups.GetRange(0, BridgeRequest.LinesMax);
        var all = kept.ToList();
        if (kept.Count < groups.Count)
        {
            all.Add(Sum(groups.GetRange(kept.Count, groups.Count - kept.Count)));
        }

        return
        [
            .. all.Select((group, at) => LineOf(group.Path, [.. group.Path.Select((value, level) => names[by[level], value])], group) with
            {
                Others = at < kept.Count ? 0 : groups.Count - kept.Count,
            }),
        ];
    }

    private static BridgeLine LineOf(IReadOnlyList<string> path, IReadOnlyList<string> names, Group group) =>
        new() { Path = path, Names = names, Before = Rounding.ToCent(group.Before), Parts = Shown(group) };

    /// <summary>The parts to the cent, so that they add up to the change between both costs to the cent: what these were rounded by is with the largest part.</summary>
    private static BridgeParts Shown(Group group)
    {
        Usd[] parts = [group.Parts.Volume, group.Parts.Mix, group.Parts.Output, group.Parts.Cache, group.Parts.Price, group.Parts.Other];
        var change = Rounding.ToCent(group.After) - Rounding.ToCent(group.Before);
        var largest = Enumerable.Range(0, parts.Length).MaxBy(at => Distance(parts[at]));
        parts[largest] += change - group.Parts.Sum;
        var shown = Rounding.Apportion(parts, (Int128)Usd.PicodollarsPerCent, change);
        return new() { Volume = shown[0], Mix = shown[1], Output = shown[2], Cache = shown[3], Price = shown[4], Other = shown[5] };
    }

    private static Group Sum(List<Group> groups) => groups.Aggregate(
        new Group([], Usd.Zero, default, Usd.Zero),
        static (sum, group) => sum with { Before = sum.Before + group.Before, Parts = sum.Parts + group.Parts, After = sum.After + group.After });

    private static string KeyOf(IEnumerable<string> values) => string.Concat(values.Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}")));

    private static Usd Distance(Usd amount) => amount < Usd.Zero ? Usd.Zero - amount : amount;

    /// <summary>A group with its exact amounts.</summary>
    private sealed record Group(IReadOnlyList<string> Path, Usd Before, BridgeParts Parts, Usd After);
}
