using Farthing.Domain.Budgets;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage.Tests.Contract.Budgets;

/// <summary>What every store of budgets, marks and messages does.</summary>
public abstract class BudgetsContract
{
    private const string Local = "local";
    private static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditStamp Stamp = new(Local, "operator", "request-1", Noon);

    private static readonly Page Page = new(10, string.Empty);

    private int numbers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_added_is_found_as_it_is_in_its_organisation_only()
    {
        await using var opened = await OpenAsync();
        var budgets = opened.Stores.Budgets;
        var budget = Budget() with
        {
            Amount = new Usd(1_000_000_000 * (Int128)Usd.PicodollarsPerUsd), Scope = BudgetScope.Model, ScopeId = "model", Owner = "Dana", Zone = "Asia/Kathmandu", IsHard = true,
            Thresholds = [1, 50, 1_000],
        };
        await budgets.AddAsync(budget, Stamp, Cancellation);

        var found = (await budgets.FindAsync(Local, budget.Id, Cancellation)).ShouldNotBeNull();

        (found with { Thresholds = budget.Thresholds }).ShouldBe(budget);
        found.Thresholds.ShouldBe(budget.Thresholds);
        (await budgets.FindAsync("other", budget.Id, Cancellation)).ShouldBeNull();
        (await budgets.ChangeAsync("other", budget.Id, static one => one, Stamp, Cancellation)).ShouldBeNull();
        (await budgets.RemoveAsync("other", budget.Id, Stamp, Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page_and_a_scope_is_a_condition_of_the_query()
    {
        await using var opened = await OpenAsync();
        var (first, second, third) = (
            await AddAsync(opened, Budget()), await AddAsync(opened, Budget() with { Scope = BudgetScope.Team, ScopeId = "t1" }),
            await AddAsync(opened, Budget() with { Scope = BudgetScope.Team, ScopeId = "t2" }));

        (await IdsAsync(ScopeReach.Org, string.Empty, new(2, string.Empty))).ShouldBe([third.Id, second.Id]);
        (await IdsAsync(ScopeReach.Org, string.Empty, new(2, second.Id))).ShouldBe([first.Id]);
        (await IdsAsync(ScopeReach.Team, "t1", new(9, string.Empty))).ShouldBe([second.Id]);
        (await IdsAsync(ScopeReach.Engineer, "e1", new(9, string.Empty))).ShouldBeEmpty();
        (await IdsAsync(ScopeReach.Nothing, string.Empty, new(9, string.Empty))).ShouldBeEmpty();

        async Task<IEnumerable<string>> IdsAsync(ScopeReach reach, string id, Page page) =>
            (await opened.Stores.Budgets.ListAsync(new(Local, reach, id), page, Cancellation)).Select(static budget => budget.Id);
    }

    [Fact]
    public async Task One_mark_is_written_by_one_of_many_with_its_messages()
    {
        await using var opened = await OpenAsync();
        var budget = await AddAsync(opened, Budget());
        var mark = new BudgetMark(Local, budget.Id, "2026-11", 80, budget.Amount);

        var won = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(() => opened.Another().Marks.FireAsync(mark, [Message($"{number}")], Noon, Cancellation), Cancellation)));

        won.Count(static one => one).ShouldBe(1);
        (await opened.Stores.Marks.FiredAsync(budget, "2026-11", Cancellation)).ShouldBe([80]);
        (await opened.Stores.Outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(1), 100, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_window_threshold_or_amount_is_another_mark_and_an_older_amount_is_none()
    {
        await using var opened = await OpenAsync();
        var marks = opened.Stores.Marks;
        var budget = await AddAsync(opened, Budget());
        var mark = new BudgetMark(Local, budget.Id, "2026-11", 80, budget.Amount);
        var twice = Usd.FromDecimal(2_000m);

        (await marks.FireAsync(mark, [], Noon, Cancellation)).ShouldBeTrue();
        (await marks.FireAsync(mark with { Threshold = 100 }, [], Noon, Cancellation)).ShouldBeTrue();
        (await marks.FireAsync(mark with { Window = "2026-12" }, [], Noon, Cancellation)).ShouldBeTrue();
        await opened.Stores.Budgets.ChangeAsync(Local, budget.Id, one => one with { Amount = twice }, Stamp, Cancellation);
        (await marks.FireAsync(mark with { Threshold = 90 }, [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.FireAsync(mark with { Amount = twice }, [], Noon, Cancellation)).ShouldBeTrue();
        await opened.Stores.Budgets.ChangeAsync(Local, budget.Id, one => one with { Amount = budget.Amount }, Stamp, Cancellation);
        (await marks.FireAsync(mark, [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.FiredAsync(budget, "2026-11", Cancellation)).ShouldBe([80, 100]);
        (await marks.FireAsync(mark with { Budget = "nothing" }, [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.FireAsync(new(Local, "weekly-digest", "2026-W47", 0, Amount: null), [], Noon, Cancellation)).ShouldBeTrue();
        (await marks.FireAsync(new(Local, "weekly-digest", "2026-W47", 0, Amount: null), [], Noon, Cancellation)).ShouldBeFalse();
        (await marks.OrgsAsync(Cancellation)).ShouldBe([Local]);
    }

    [Fact]
    public async Task A_mark_is_taken_away_only_by_who_looked_after_it_was_written()
    {
        await using var opened = await OpenAsync();
        var marks = opened.Stores.Marks;
        var budget = await AddAsync(opened, Budget());
        var mark = new BudgetMark(Local, budget.Id, "rolling-30-days", 80, budget.Amount);
        await marks.FireAsync(mark, [], Noon, Cancellation);

        await marks.RearmAsync(mark, Noon, Cancellation);
        (await marks.FireAsync(mark, [], Noon, Cancellation)).ShouldBeFalse();
        await marks.RearmAsync(mark, Noon.AddMilliseconds(1), Cancellation);
        (await marks.FireAsync(mark, [], Noon, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_removed_takes_its_marks_along()
    {
        await using var opened = await OpenAsync();
        var budget = await AddAsync(opened, Budget());
        await opened.Stores.Marks.FireAsync(new(Local, budget.Id, "2026-11", 80, budget.Amount), [], Noon, Cancellation);

        (await opened.Stores.Budgets.RemoveAsync(Local, budget.Id, Stamp, Cancellation)).ShouldBeTrue();

        (await opened.Stores.Marks.FiredAsync(budget, "2026-11", Cancellation)).ShouldBeEmpty();
        (await opened.Stores.Marks.OrgsAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_belongs_to_one_of_many_until_its_lease_has_passed()
    {
        await using var opened = await OpenAsync();
        await SendAsync(opened, [.. Enumerable.Range(0, 30).Select(number => Message($"m{number}"))]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => opened.Another().Outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(5), 5, Cancellation), Cancellation)));
        var rest = await opened.Stores.Outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(5), 100, Cancellation);
        var again = await opened.Stores.Outbox.ClaimAsync(Noon.AddMinutes(5), TimeSpan.FromMinutes(5), 100, Cancellation);

        var ids = claims.SelectMany(static claim => claim).Concat(rest).Select(static one => one.Message.Id).ToList();
        ids.Count.ShouldBe(30);
        ids.ShouldBeUnique();
        again.Count.ShouldBe(30);
        again.ShouldAllBe(static one => one.Attempts == 2);
    }

    [Fact]
    public async Task A_message_is_delivered_or_tried_again_or_given_up_and_at_last_forgotten()
    {
        await using var opened = await OpenAsync();
        var outbox = opened.Stores.Outbox;
        var (taken, later, dead) = (Message("a"), Message("b"), Message("c"));
        await SendAsync(opened, [taken, later, dead]);
        await outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(5), 10, Cancellation);

        await outbox.DeliveredAsync(taken.Id, Noon, Cancellation);
        await outbox.FailedAsync(later.Id, Noon, Noon.AddMinutes(1), "busy", Cancellation);
        await outbox.FailedAsync(dead.Id, Noon, null, "gone", Cancellation);

        (await outbox.ClaimAsync(Noon.AddSeconds(59), TimeSpan.FromMinutes(5), 10, Cancellation)).ShouldBeEmpty();
        var claimed = (await outbox.ClaimAsync(Noon.AddMinutes(1), TimeSpan.FromMinutes(5), 10, Cancellation)).ShouldHaveSingleItem();
        (claimed.Message.Id, claimed.Attempts, claimed.Message.Notification.ToJson()).ShouldBe((later.Id, 2, later.Notification.ToJson()));
        (await opened.Stores.Messages.CountAsync(Local, Cancellation)).ShouldBe(new(Waiting: 0, Retrying: 1, GivenUp: 1));
        (await opened.Stores.Messages.CountAsync("other", Cancellation)).ShouldBe(new(0, 0, 0));
        var given = (await opened.Stores.Messages.ListAsync(Local, MessageState.GivenUp, Page, Cancellation)).ShouldHaveSingleItem();
        (given.Message.Id, given.Attempts, given.EndedAt, given.NextAt, given.Failure).ShouldBe((dead.Id, 1, Noon, null, "gone"));
        (await outbox.ForgetAsync(Noon.AddDays(1), Cancellation)).ShouldBe(2);
        (await opened.Stores.Messages.ListAsync(Local, null, Page, Cancellation)).ShouldHaveSingleItem().Message.Id.ShouldBe(later.Id);
    }

    [Fact]
    public async Task What_was_given_up_is_sent_anew_by_its_organisation_only()
    {
        await using var opened = await OpenAsync();
        var (outbox, messages) = (opened.Stores.Outbox, opened.Stores.Messages);
        var (taken, later, dead) = (Message("a"), Message("b"), Message("c"));
        await SendAsync(opened, [taken, later, dead]);
        (await messages.RetryAsync(Local, later.Id, Noon, Cancellation)).ShouldBeNull();
        await outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(5), 10, Cancellation);
        await outbox.DeliveredAsync(taken.Id, Noon, Cancellation);
        await outbox.FailedAsync(later.Id, Noon, Noon.AddHours(6), "busy", Cancellation);
        await outbox.FailedAsync(dead.Id, Noon, null, "gone", Cancellation);

        (await messages.ListAsync(Local, null, new(2, string.Empty), Cancellation)).Select(static one => (one.Message.Id, one.State))
            .ShouldBe([(dead.Id, MessageState.GivenUp), (later.Id, MessageState.Waiting)]);
        (await messages.ListAsync(Local, MessageState.Sent, new(2, later.Id), Cancellation)).ShouldHaveSingleItem().Message.Id.ShouldBe(taken.Id);
        (await messages.RetryAsync("other", dead.Id, Noon, Cancellation)).ShouldBeNull();
        (await messages.RetryAsync(Local, taken.Id, Noon, Cancellation)).ShouldBeNull();
        var again = (await messages.RetryAsync(Local, dead.Id, Noon, Cancellation)).ShouldNotBeNull();
        (again.State, again.Attempts, again.NextAt, again.Failure).ShouldBe((MessageState.Waiting, 0, Noon, "gone"));
        (await messages.RetryAsync(Local, later.Id, Noon, Cancellation)).ShouldNotBeNull().Attempts.ShouldBe(1);
        (await outbox.ClaimAsync(Noon, TimeSpan.FromMinutes(5), 10, Cancellation)).Select(static one => (one.Message.Id, one.Attempts)).ShouldBe([(later.Id, 2), (dead.Id, 1)]);
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<OpenedBudgets> OpenAsync();

    private static async Task<Budget> AddAsync(OpenedBudgets opened, Budget budget)
    {
        await opened.Stores.Budgets.AddAsync(budget, Stamp, Cancellation);
        return budget;
    }

    private static async Task SendAsync(OpenedBudgets opened, IReadOnlyList<OutboxMessage> messages) =>
        (await opened.Stores.Marks.FireAsync(new(Local, "weekly-digest", "2026-W47", 0, Amount: null), messages, Noon, Cancellation)).ShouldBeTrue();

    private static OutboxMessage Message(string id) => new(
        id, "webhook",
        new() { Id = $"n-{id}", Org = Local, Kind = "test", Title = "Title \u0000 ü", Text = "Text", OccurredAt = Noon, Facts = new Dictionary<string, string> { ["amount"] = "1.5" } });

    private Budget Budget() => new()
    {
        Org = Local,
        Id = AccessTexts.NewId(Noon.AddMilliseconds(numbers++)),
        Name = "Budget",
        Scope = BudgetScope.Org,
        ScopeId = string.Empty,
        Amount = Usd.FromDecimal(1_000.000000000001m),
        Period = BudgetPeriod.Month,
        Zone = "UTC",
        Thresholds = [80, 100],
        AlertThresholdPercent = 80,
        CreatedAt = Noon,
    };
}
