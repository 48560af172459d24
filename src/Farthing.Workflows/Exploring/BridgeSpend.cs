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

/// <summary>A group of a bridge. Amounts are to the cent, so that they add up along the line and down the column as they are shown.</summary>
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

    /// <summary>All of it to the cent: the sum of the lines.</summary>
    public required BridgeLine Total { get; init; }

    /// <summary>The groups that changed most, then all others together.</summary>
    public required IReadOnlyList<BridgeLine> Lines { get; init; }

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
        var (names, before, after) = (await called, await earlier, await later);
        var groups = GroupsOf(request.After.By, before, after);
        var parts = groups.Aggregate(default(BridgeParts), static (sum, group) => sum + group.Parts);
        var total = LineOf([], [], Shown(Sum(groups).Before, parts, Sum(groups).After));
        return new()
        {
            Request = request,
            Before = Sum(groups).Before,
            After = Sum(groups).After,
            Parts = parts,
            Total = total,
            Lines = LinesOf(request.After.By, groups, total, names),
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

    /// <summary>Lines whose amounts add up to those of the total, column by column.</summary>
    private static List<BridgeLine> LinesOf(IReadOnlyList<SpendDimension> by, List<Group> groups, BridgeLine total, DimensionNames names)
    {
        var kept = groups.Count <= BridgeRequest.LinesMax + 1 ? groups : groups.GetRange(0, BridgeRequest.LinesMax);
        var all = kept.ToList();
        if (kept.Count < groups.Count)
        {
            all.Add(Sum(groups.GetRange(kept.Count, groups.Count - kept.Count)));
        }

        var columns = ColumnsOf(total.Before, total.Parts)
            .Select((whole, column) => Apportion([.. all.Select(group => ColumnsOf(group.Before, group.Parts)[column])], whole)).ToList();
        return
        [
            .. all.Select((group, at) => LineOf(
                group.Path, [.. group.Path.Select((value, level) => names[by[level], value])], [.. columns.Select(column => column[at])]) with
            {
                Others = at < kept.Count ? 0 : groups.Count - kept.Count,
            }),
        ];
    }

    /// <summary>The earlier cost and the parts to the cent, so that they add up to the later cost to the cent.</summary>
    private static Usd[] Shown(Usd before, BridgeParts parts, Usd after) =>
        Rounding.Apportion(ColumnsOf(before, parts), (Int128)Usd.PicodollarsPerCent, Rounding.ToCent(after));

    private static Usd[] Apportion(Usd[] parts, Usd whole) => parts.Length == 0 ? [] : Rounding.Apportion(parts, (Int128)Usd.PicodollarsPerCent, whole);

    private static Usd[] ColumnsOf(Usd before, BridgeParts parts) => [before, parts.Volume, parts.Mix, parts.Output, parts.Cache, parts.Price, parts.Other];

    private static BridgeLine LineOf(IReadOnlyList<string> path, IReadOnlyList<string> names, Usd[] shown) => new()
    {
        Path = path,
        Names = names,
        Before = shown[0],
        Parts = new() { Volume = shown[1], Mix = shown[2], Output = shown[3], Cache = shown[4], Price = shown[5], Other = shown[6] },
    };

    private static Group Sum(List<Group> groups) => groups.Aggregate(
        new Group([], Usd.Zero, default, Usd.Zero),
        static (sum, group) => sum with { Before = sum.Before + group.Before, Parts = sum.Parts + group.Parts, After = sum.After + group.After });

    private static string KeyOf(IEnumerable<string> values) => string.Concat(values.Select(static value => string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}")));

    private static Usd Distance(Usd amount) => amount < Usd.Zero ? Usd.Zero - amount : amount;

    /// <summary>A group with its exact amounts.</summary>
    private sealed record Group(IReadOnlyList<string> Path, Usd Before, BridgeParts Parts, Usd After);
}
