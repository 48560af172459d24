using Farthing.Domain.Anomalies;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Anomalies;

public sealed class AlertTests
{
    private static readonly AlertSetting Global = new(AlertType.CostSpikeWarning, null, 4m, Enabled: true);
    private static readonly AlertSetting GlobalOff = Global with { Enabled = false };
    private static readonly AlertSetting Team = Global with { Team = "red", Threshold = 5m };
    private static readonly AlertSetting TeamOff = Team with { Enabled = false };

    public static TheoryData<string, AlertSetting[], decimal, bool, string> Settings => new()
    {
        { "nothing set", [], 2m, true, "default" },
        { "global", [Global], 4m, true, "global_override" },
        { "global off", [GlobalOff], 4m, false, "global_disabled" },
        { "team over global", [Global, Team], 5m, true, "team_override" },
        { "team switches on again", [GlobalOff, Team], 5m, true, "team_override" },
        { "team off", [Global, TeamOff], 5m, false, "team_disabled" },
        { "another team", [Team with { Team = "blue" }], 2m, true, "default" },
        { "another type", [Global with { Type = AlertType.UsageDrop }], 2m, true, "default" },
        { "a team keeps the global threshold", [Global, Team with { Threshold = null }], 4m, true, "team_override" },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void A_team_is_over_global_is_over_default(string what, AlertSetting[] settings, decimal threshold, bool enabled, string source)
    {
        var effective = AlertSettings.Resolve(AlertType.CostSpikeWarning, "red", settings);

        (effective.Threshold, effective.Enabled, AlertSettings.NameOf(effective.Source)).ShouldBe((threshold, enabled, source), what);
    }

    [Fact]
    public void The_organisation_has_no_teams_setting() =>
        AlertSettings.Resolve(AlertType.CostSpikeWarning, null, [Team]).Source.ShouldBe(AlertSource.Default);

    [Fact]
    public void Every_type_is_in_force_once() => AlertSettings.Resolve("red", [Global]).Select(alert => alert.Type).ShouldBe(Enum.GetValues<AlertType>());

    [Fact]
    public void Names_come_back()
    {
        AlertTypes.All.Select(AlertTypes.NameOf).ShouldBe(["friction_spike", "usage_drop", "cost_spike_warning", "cost_spike_critical", "success_rate_drop"]);
        foreach (var type in AlertTypes.All)
        {
            AlertTypes.TryParse(AlertTypes.NameOf(type), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(type);
        }

        AlertTypes.TryParse("cost_spike", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(4, 70, true)]
    [InlineData(5, 70, false)]
    [InlineData(0, 14, true)]
    [InlineData(0, 13, false)]
    public void Usage_drops_below_half_of_at_least_two_sessions_a_day(int lastDay, int lastWeek, bool isDrop) =>
        ChangeRules.IsUsageDrop(lastDay, lastWeek, 7, AlertTypes.DefaultThreshold(AlertType.UsageDrop)).ShouldBe(isDrop);

    [Theory]
    [InlineData(59, 80, true)]
    [InlineData(60, 80, false)]
    [InlineData(90, 80, false)]
    public void Success_drops_by_more_than_twenty_points(int now, int usual, bool isDrop) =>
        ChangeRules.IsSuccessRateDrop(Ratio.Of(now, 100), Ratio.Of(usual, 100), AlertTypes.DefaultThreshold(AlertType.SuccessRateDrop)).ShouldBe(isDrop);

    [Fact]
    public void Success_that_nobody_judged_does_not_drop()
    {
        ChangeRules.IsSuccessRateDrop(null, Ratio.One, 20m).ShouldBeFalse();
        ChangeRules.IsSuccessRateDrop(Ratio.Zero, null, 20m).ShouldBeFalse();
    }

    [Theory]
    [InlineData(5, 14, true)]
    [InlineData(4, 14, false)]
    [InlineData(9, 0, false)]
    public void Friction_spikes_above_twice_the_usual(int lastDay, int lastWeek, bool isSpike) =>
        ChangeRules.IsFrictionSpike(lastDay, lastWeek, 7, AlertTypes.DefaultThreshold(AlertType.FrictionSpike)).ShouldBe(isSpike);
}
