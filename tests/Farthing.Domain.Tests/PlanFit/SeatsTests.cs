using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;

namespace Farthing.Domain.Tests.PlanFit;

public sealed class SeatsTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    [Theory]
    [InlineData(30, SeatFinding.None, 0)]
    [InlineData(31, SeatFinding.Idle, 20)]
    public void A_seat_is_idle_after_more_than_thirty_days(int days, SeatFinding finding, int waste) =>
        Check(Seat("pro", Today.AddDays(-days), 0)).ShouldBe((finding, Ratio.Of(waste)));

    [Fact]
    public void A_seat_that_nobody_ever_used_is_idle_since_it_was_given()
    {
        Check(Seat("pro", null, 0) with { AssignedOn = Today.AddDays(-31) }).Finding.ShouldBe(SeatFinding.Idle);
        Check(Seat("pro", null, 0) with { AssignedOn = Today.AddDays(-3) }).Finding.ShouldBe(SeatFinding.None);
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(250, 100)]
    public void Who_has_a_seat_and_pays_by_API_pays_for_what_the_seat_would_cover(int byApi, int waste) =>
        Check(Seat("pro", Today, byApi)).ShouldBe((SeatFinding.Doubled, Ratio.Of(waste)));

    [Fact]
    public void An_idle_seat_of_who_pays_by_API_wastes_its_price() =>
        Check(Seat("max_5x", Today.AddDays(-90), 40)).ShouldBe((SeatFinding.Idle | SeatFinding.Doubled, Ratio.Of(100)));

    [Fact]
    public void Paying_by_API_is_no_seat() =>
        Check(Seat("api_key", Today.AddDays(-90), 40)).ShouldBe((SeatFinding.None, Ratio.Zero));

    private static (SeatFinding Finding, Ratio Waste) Check(Seat seat)
    {
        var check = Seats.Check([seat], Today).ShouldHaveSingleItem();
        return (check.Finding, check.MonthlyWaste);
    }

    private static Seat Seat(string tier, DateOnly? lastUsed, int byApi) =>
        new("ada", PlanTiers.Primer.Find(tier).ShouldNotBeNull(), Today.AddDays(-200), lastUsed, Ratio.Of(byApi));
}
