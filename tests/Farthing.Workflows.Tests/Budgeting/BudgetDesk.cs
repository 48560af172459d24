using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;

namespace Farthing.Workflows.Tests.Budgeting;

/// <summary>Budgets, spend, marks and messages in memory; each call of a port waits for its turn when there are turns.</summary>
internal sealed class BudgetDesk(Interleaving? turns = null) : IBudgets, IBudgetMarks, IBudgetSpend, INotifier
{
    private readonly Dictionary<string, Budget> budgets = new(StringComparer.Ordinal);
    private readonly Dictionary<BudgetMark, DateTimeOffset> marks = [];

    public ManualTime Time { get; } = new();

    public decimal Spend { get; set; }

    /// <summary>Every mark that was told about, in order.</summary>
    public List<BudgetMark> Told { get; } = [];

    /// <summary>What was said of each.</summary>
    public List<string> Texts { get; } = [];

    public string Channel => "memory";

    public WatchBudgets Watcher() => new(this, this, new BudgetStandings(this, Time), [this], Time);

    public void Put(Budget budget) => budgets[budget.Id] = budget;

    public Budget Get(string id) => budgets[id];

    public Budget Make(BudgetPeriod period, decimal amount, params int[] thresholds) => new()
    {
        Org = "local",
        Id = $"b{budgets.Count}",
        Name = "Budget",
        Scope = BudgetScope.Org,
        ScopeId = string.Empty,
        Amount = Usd.FromDecimal(amount),
        Period = period,
        Zone = "UTC",
        Thresholds = thresholds,
        AlertThresholdPercent = 80,
        CreatedAt = Time.Now,
    };

    public async Task<IReadOnlyList<Budget>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken)
    {
        await TurnAsync();
        return [.. budgets.Values.Reverse().SkipWhile(budget => page.After.Length > 0 && budget.Id != page.After).Skip(page.After.Length > 0 ? 1 : 0).Take(page.Limit)];
    }

    public async Task<IReadOnlyList<ScopedDay>> ByDayAsync(
        string org, BudgetScope scope, IReadOnlyCollection<string> ids, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken)
    {
        await TurnAsync();
        return [new(string.Empty, DateOnly.FromDateTime(Time.Now.UtcDateTime), new() { Exact = new(1, Usd.FromDecimal(Spend)) })];
    }

    public async Task<IReadOnlyList<int>> FiredAsync(Budget budget, string window, CancellationToken cancellationToken)
    {
        await TurnAsync();
        return [.. marks.Keys.Where(mark => mark.Budget == budget.Id && mark.Window == window && mark.Amount == budget.Amount).Select(static mark => mark.Threshold)];
    }

    public async Task<bool> FireAsync(BudgetMark mark, IReadOnlyList<OutboxMessage> messages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await TurnAsync();
        if (budgets[mark.Budget].Amount != mark.Amount || !marks.TryAdd(mark, now))
        {
            return false;
        }

        messages.ShouldHaveSingleItem().Channel.ShouldBe(Channel);
        Told.Add(mark);
        Texts.Add(messages[0].Notification.Text);
        return true;
    }

    public async Task RearmAsync(BudgetMark mark, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await TurnAsync();
        if (marks.TryGetValue(mark, out var fired) && fired < before)
        {
            marks.Remove(mark);
        }
    }

    public Task<IReadOnlyList<string>> OrgsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(["local"]);

    public Task AddAsync(Budget budget, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Budget?> FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Budget?> ChangeAsync(string org, string id, Func<Budget, Budget> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RemoveAsync(string org, string id, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task TurnAsync() => turns?.TurnAsync() ?? Task.CompletedTask;
}
