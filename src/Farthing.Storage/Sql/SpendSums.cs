using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Adds up rows of spend by day or period, group and pricing status, or rate card.</summary>
/// <param name="query">What is asked.</param>
internal sealed class SpendSums(SpendQuery query)
{
    private const int GroupBits = 28;
    private const int CardBits = 20;

    private readonly bool byDay = query.ByDay;
    private readonly bool byCard = query.Groups(SpendDimension.RateCard);
    private readonly bool withTimes = query.Groups(SpendDimension.Session);
    private readonly bool costOnly = query.CostOnly;
    private readonly int[] periods = [.. query.Periods.Select(LocalDays.NumberOf)];
    private readonly KeyTable keys = new();
    private Sum[] sums = new Sum[64];

    /// <summary>The sum that a row belongs to.</summary>
    public ref Sum At(int day, int group, int card, PricingStatus status)
    {
        day = RowOf(day);
        var keyDay = byDay ? (ulong)(day + 1) : 0;
        var keyCard = byCard ? (ulong)(uint)card : (ulong)status;
        var known = keys.Count;
        var index = keys.Add((keyDay << (GroupBits + CardBits)) | ((ulong)(uint)group << CardBits) | keyCard);
        if (index >= sums.Length)
        {
            Grow();
        }

        ref var sum = ref sums[index];
        if (index == known)
        {
            sum = new Sum { Day = day, Group = group, Card = card, Status = status, FirstAt = long.MaxValue, LastAt = long.MinValue };
        }

        return ref sum;
    }

    /// <summary>The sums as rows, ordered by day, then by their labels, then by status and rate card.</summary>
    /// <param name="labels">The labels of the groups.</param>
    /// <param name="cardOf">The rate card of a number; asked only when cards are kept apart.</param>
    public IReadOnlyList<SpendRow> ToRows(IReadOnlyList<GroupLabels> labels, Func<int, RateCard> cardOf)
    {
        var rows = new List<SpendRow>(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            ref var sum = ref sums[index];
            if (sum.Sums.Calls == 0)
            {
                // All that was in it has been taken away again.
                continue;
            }

            rows.Add(ToRow(ref sum, labels[sum.Group], byCard ? cardOf(sum.Card) : null));
        }

        rows.Sort(Compare);
        return rows;
    }

    /// <summary>The numbers of the rate cards, when they are kept apart.</summary>
    public List<int> Cards()
    {
        var cards = new List<int>();
        for (var index = 0; byCard && index < keys.Count; index++)
        {
            cards.Add(sums[index].Card);
        }

        return cards;
    }

    /// <summary>As <see cref="SpendQuery.RowOf"/>.</summary>
    private int RowOf(int day)
    {
        if (periods.Length == 0)
        {
            return day;
        }

        var found = Array.BinarySearch(periods, day);
        return periods[found >= 0 ? found : Math.Max(~found - 1, 0)];
    }

    private void Grow()
    {
        var larger = new Sum[sums.Length * 2];
        Array.Copy(sums, larger, sums.Length);
        sums = larger;
    }

    private SpendRow ToRow(ref Sum sum, GroupLabels labels, RateCard? card) => new()
    {
        Day = byDay ? LocalDays.DateOf(sum.Day) : default,
        Team = labels.Team,
        User = labels.User,
        Agent = labels.Agent,
        Provider = labels.Provider,
        Model = labels.Model,
        BillingMode = labels.BillingMode,
        Project = labels.Project,
        Branch = labels.Branch,
        Session = labels.Session,
        Plan = labels.Plan,
        Role = labels.Role,
        ApiKey = labels.ApiKey,
        Card = card,
        Status = sum.Status,
        Calls = sum.Sums.Calls,
        Tokens = costOnly ? default : TokensOf(sum.Sums),
        ModalityTokens = costOnly ? 0 : sum.Sums.ModalityTokens,
        WebSearches = costOnly ? 0 : sum.Sums.WebSearches,
        Cost = StoredCost.Join(sum.Sums.CostHigh, sum.Sums.CostLow),
        FirstAt = withTimes ? DateTimeOffset.FromUnixTimeMilliseconds(sum.FirstAt) : null,
        LastAt = withTimes ? DateTimeOffset.FromUnixTimeMilliseconds(sum.LastAt) : null,
    };

    /// <summary>The tokens of sums.</summary>
    public static TokenCounts TokensOf(in SumChange sums) => new()
    {
        Input = sums.Input,
        CacheRead = sums.CacheRead,
        CacheWrite5m = sums.CacheWrite5m,
        CacheWrite1h = sums.CacheWrite1h,
        Output = sums.Output,
        Reasoning = sums.Reasoning,
    };

    private static int Compare(SpendRow left, SpendRow right)
    {
        var order = GroupOrder.Compare(left, right);
        order = order != 0 ? order : left.Status.CompareTo(right.Status);
        return order != 0 || left.Card is null || right.Card is null ? order : left.Card.Hash.CompareTo(right.Card.Hash);
    }

    /// <summary>One sum.</summary>
    internal struct Sum
    {
        public int Day;
        public int Group;
        public int Card;
        public PricingStatus Status;
        public SumChange Sums;
        public long FirstAt;
        public long LastAt;
    }
}
