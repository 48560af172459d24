using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>Adds up rows of spend by day, group and pricing status.</summary>
internal sealed class SpendSums(bool byDay, bool withTimes)
{
    private const int GroupBits = 32;
    private const int StatusBits = 8;

    private readonly KeyTable keys = new();
    private Sum[] sums = new Sum[64];

    /// <summary>The sum that a row belongs to, with the day noted.</summary>
    public ref Sum At(int day, int group, PricingStatus status)
    {
        var keyDay = byDay ? (ulong)(day + 1) : 0;
        var known = keys.Count;
        var index = keys.Add((keyDay << (GroupBits + StatusBits)) | ((ulong)(uint)group << StatusBits) | (uint)status);
        if (index >= sums.Length)
        {
            Grow();
        }

        ref var sum = ref sums[index];
        if (index == known)
        {
            sum = new Sum { Day = day, Group = group, Status = status, FirstAt = long.MaxValue, LastAt = long.MinValue };
        }

        sum.Day = Math.Min(sum.Day, day);
        return ref sum;
    }

    /// <summary>The sums as rows, ordered by day, then by their labels, then by status.</summary>
    public IReadOnlyList<SpendRow> ToRows(IReadOnlyList<GroupLabels> labels)
    {
        var rows = new List<SpendRow>(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            rows.Add(ToRow(ref sums[index], labels[sums[index].Group]));
        }

        rows.Sort(Compare);
        return rows;
    }

    private void Grow()
    {
        var larger = new Sum[sums.Length * 2];
        Array.Copy(sums, larger, sums.Length);
        sums = larger;
    }

    private SpendRow ToRow(ref Sum sum, GroupLabels labels) => new()
    {
        Day = LocalDays.DateOf(sum.Day),
        Agent = labels.Agent,
        Model = labels.Model,
        Project = labels.Project,
        Branch = labels.Branch,
        Session = labels.Session,
        Plan = labels.Plan,
        Role = labels.Role,
        Status = sum.Status,
        Calls = sum.Calls,
        Tokens = new TokenCounts
        {
            Input = sum.Input,
            CacheRead = sum.CacheRead,
            CacheWrite5m = sum.CacheWrite5m,
            CacheWrite1h = sum.CacheWrite1h,
            Output = sum.Output,
            Reasoning = sum.Reasoning,
        },
        ModalityTokens = sum.ModalityTokens,
        WebSearches = sum.WebSearches,
        Cost = sum.Cost,
        FirstAt = withTimes ? DateTimeOffset.FromUnixTimeMilliseconds(sum.FirstAt) : null,
        LastAt = withTimes ? DateTimeOffset.FromUnixTimeMilliseconds(sum.LastAt) : null,
    };

    private static int Compare(SpendRow left, SpendRow right)
    {
        var order = left.Day.CompareTo(right.Day);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Agent, right.Agent);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Project, right.Project);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Branch, right.Branch);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Session, right.Session);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Plan, right.Plan);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Role, right.Role);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Model, right.Model);
        return order != 0 ? order : left.Status.CompareTo(right.Status);
    }

    /// <summary>One sum.</summary>
    internal struct Sum
    {
        public int Day;
        public int Group;
        public PricingStatus Status;
        public long Calls;
        public long Input;
        public long CacheRead;
        public long CacheWrite5m;
        public long CacheWrite1h;
        public long Output;
        public long Reasoning;
        public long ModalityTokens;
        public long WebSearches;
        public Usd Cost;
        public long FirstAt;
        public long LastAt;
    }
}
