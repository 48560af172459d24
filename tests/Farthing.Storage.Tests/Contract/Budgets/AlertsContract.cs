using Farthing.Domain.Anomalies;
using Farthing.Workflows.Access;
using Farthing.Workflows.Alerting;

namespace Farthing.Storage.Tests.Contract.Budgets;

/// <summary>What every store of alerts and their thresholds does.</summary>
public abstract class AlertsContract
{
    private const string Local = "local";
    private static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditStamp Stamp = new(Local, "operator", "request-1", Noon);
    private static readonly Scope Everything = new(Local, ScopeReach.Org, string.Empty);
    private static readonly Page Page = new(10, string.Empty);

    private int numbers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_notice_the_same_one_raises_it_with_its_messages_and_nobody_again_within_a_day()
    {
        await using var opened = await OpenAsync();
        var raised = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RaiseAsync(opened.Another(), Alert()), Cancellation)));

        raised.Count(static isNew => isNew).ShouldBe(1);
        (await opened.Stores.Alerts.ListAsync(new() { Within = Everything, Page = Page }, Cancellation)).Count.ShouldBe(1);
        (await opened.Stores.Messages.ListAsync(Local, null, Page, Cancellation)).Count.ShouldBe(1);
        (await RaiseAsync(opened.Stores, Alert() with { CreatedAt = Noon.AddDays(1).AddMilliseconds(-1) })).ShouldBeFalse();
        (await RaiseAsync(opened.Stores, Alert() with { Team = "red" })).ShouldBeTrue();
        (await RaiseAsync(opened.Stores, Alert() with { Type = AlertType.CostSpikeCritical })).ShouldBeTrue();
        (await RaiseAsync(opened.Stores, Alert() with { CreatedAt = Noon.AddDays(1) })).ShouldBeTrue();
    }

    [Fact]
    public async Task Alerts_are_listed_by_scope_and_by_what_was_done_with_them()
    {
        await using var opened = await OpenAsync();
        var alerts = opened.Stores.Alerts;
        var (all, red, blue) = (Alert(), Alert() with { Team = "red", Value = 0.5m, Severity = Severity.Critical }, Alert() with { Team = "blue" });
        await RaiseAsync(opened.Stores, all);
        await RaiseAsync(opened.Stores, red);
        await RaiseAsync(opened.Stores, blue);
        var ofRed = new Scope(Local, ScopeReach.Team, "red");

        (await alerts.ListAsync(new() { Within = ofRed, Page = Page }, Cancellation)).ShouldBe([red]);
        (await alerts.AcknowledgeAsync(ofRed, blue.Id, Noon, Cancellation)).ShouldBeNull();
        (await alerts.DismissAsync(new("other", ScopeReach.Org, string.Empty), blue.Id, Noon, Cancellation)).ShouldBeNull();
        (await alerts.AcknowledgeAsync(ofRed, red.Id, Noon, Cancellation)).ShouldNotBeNull().AcknowledgedAt.ShouldBe(Noon);
        (await alerts.AcknowledgeAsync(ofRed, red.Id, Noon.AddHours(1), Cancellation)).ShouldNotBeNull().AcknowledgedAt.ShouldBe(Noon);
        (await alerts.DismissAsync(Everything, blue.Id, Noon, Cancellation)).ShouldNotBeNull().DismissedAt.ShouldBe(Noon);

        (await IdsAsync(dismissed: false, null)).ShouldBe([red.Id, all.Id]);
        (await IdsAsync(dismissed: true, null)).ShouldBe([blue.Id]);
        (await alerts.ListAsync(new() { Within = Everything, Skip = 1, Page = Page }, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(all.Id);
        (await IdsAsync(dismissed: false, acknowledged: true)).ShouldBe([red.Id]);
        (await IdsAsync(dismissed: false, acknowledged: false)).ShouldBe([all.Id]);

        async Task<IEnumerable<string>> IdsAsync(bool dismissed, bool? acknowledged) =>
            (await alerts.ListAsync(new() { Within = Everything, Dismissed = dismissed, Acknowledged = acknowledged, Page = Page }, Cancellation)).Select(static alert => alert.Id);
    }

    [Fact]
    public async Task A_team_and_type_have_one_threshold_and_who_changed_it_is_audited()
    {
        await using var opened = await OpenAsync();
        var configs = opened.Stores.AlertConfigs;
        var config = new AlertConfig(Local, AccessTexts.NewId(Noon), new(AlertType.UsageDrop, null, 0.25m, Enabled: true), Noon, Noon);

        (await configs.AddAsync(config, Stamp, Cancellation)).ShouldBeTrue();
        (await configs.AddAsync(config with { Id = AccessTexts.NewId(Noon) }, Stamp, Cancellation)).ShouldBeFalse();
        (await configs.AddAsync(config with { Id = AccessTexts.NewId(Noon.AddSeconds(1)), Setting = config.Setting with { Team = "red" } }, Stamp, Cancellation)).ShouldBeTrue();
        (await configs.ListAsync(Local, Cancellation)).Select(static one => one.Setting.Team).ShouldBe(["red", null]);
        (await configs.ChangeAsync("other", config.Id, static setting => setting, Stamp, Cancellation)).ShouldBeNull();
        var changed = await configs.ChangeAsync(Local, config.Id, static setting => setting with { Enabled = false }, Stamp with { At = Noon.AddHours(1) }, Cancellation);
        changed.ShouldBe(config with { Setting = config.Setting with { Enabled = false }, ChangedAt = Noon.AddHours(1) });
        (await configs.ListAsync(Local, Cancellation)).ShouldContain(changed);
        (await configs.RemoveAsync(Local, config.Id, Stamp, Cancellation)).ShouldBeTrue();
        (await configs.RemoveAsync(Local, config.Id, Stamp, Cancellation)).ShouldBeFalse();
    }

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<OpenedBudgets> OpenAsync();

    private static Task<bool> RaiseAsync(BudgetStores stores, Alert alert) => stores.Alerts.RaiseAsync(
        alert, [new(alert.Id, "webhook", new() { Id = alert.Id, Org = Local, Kind = "alert.raised", Title = alert.Title, Text = alert.Message, OccurredAt = alert.CreatedAt })], Cancellation);

    private Alert Alert() => new()
    {
        Org = Local,
        Id = AccessTexts.NewId(Noon.AddMilliseconds(Interlocked.Increment(ref numbers))),
        Type = AlertType.CostSpikeWarning,
        Severity = Severity.Warning,
        Team = string.Empty,
        Title = "Title ü",
        Message = "Message",
        Value = 25.0001m,
        Usual = 10m,
        Threshold = 20m,
        CreatedAt = Noon,
    };
}
