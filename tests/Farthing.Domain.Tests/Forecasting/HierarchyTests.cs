using Farthing.Domain.Forecasting;
using Farthing.Domain.Money;

namespace Farthing.Domain.Tests.Forecasting;

public sealed class HierarchyTests
{
    private const int Days = 10;

    [Fact]
    public void What_a_part_spent_today_is_its_own_and_only_the_rest_of_today_is_shared()
    {
        var (whole, parts) = Reconciled([Repeated(10), Repeated(30), Repeated(0)], [4, 2, 500], left: 0.25m);

        whole.Points[0].Band.Mean.ShouldBe(516);
        parts.Select(static part => part.Points[0].Band.Mean).ShouldBe([6.5m, 9.5m, 500]);
        parts.Select(static part => part.Points[1].Band.Mean).ShouldBe([10, 30, 0]);
        parts.Select(static part => part.Total!.Band.Mean).ShouldBe([96.5m, 279.5m, 500]);
    }

    [Fact]
    public void No_part_is_below_what_it_spent_today_and_all_add_up() => Laws.Hold(InventedSeries.Any, values =>
    {
        double[][] histories = [values, [.. values.Select(static value => value / 3)], [.. values.Select(static (value, day) => day % 9 == 0 ? value : 0)]];
        decimal[] spent = [decimal.Round((decimal)values[0] * 3, 9), 14.123456789m, 0];
        var (whole, parts) = Reconciled(histories, spent, left: 0.4m);
        return Enumerable.Range(0, whole.Points.Count).All(day => parts.Sum(part => part.Points[day].Band.Mean) == whole.Points[day].Band.Mean)
            && parts.Sum(static part => part.Total?.Band.Mean ?? 0) == (whole.Total?.Band.Mean ?? 0)
            && parts.Zip(spent).All(static pair => pair.First.Points is not [var today, ..] || (IsFrom(today.Band, pair.Second) && IsFrom(pair.First.Total!.Band, pair.Second)));
    });

    [Fact]
    public void What_was_spent_is_shared_too_where_less_than_it_is_expected()
    {
        var (whole, parts) = Reconciled([Repeated(10), Repeated(30)], [1, 3], left: 0.5m, new KnownEvent { Name = "sold", FirstDay = default, LastDay = DateOnly.MaxValue, AddedPerDay = -46 });

        whole.Points[0].Band.Mean.ShouldBe(1);
        parts.Select(static part => part.Points[0].Band.Mean).ShouldBe([0.25m, 0.75m]);
    }

    [Fact]
    public void No_bound_of_a_part_is_above_that_of_the_whole() => Laws.Hold(InventedSeries.Any, values =>
    {
        double[][] histories = [values, [.. values.Select(static (value, day) => day % 11 == 0 ? value * 9 : 0)]];
        var (whole, parts) = Reconciled(histories, [3, 0], left: 0.4m);
        return parts.All(part => part.Points.Zip(whole.Points).All(static pair => IsWithin(pair.First.Band, pair.Second.Band))
            && (whole.Total is not { } total || IsWithin(part.Total!.Band, total.Band)));
    });

    private static double[] Repeated(double dollars) => [.. Enumerable.Repeat(dollars, 40)];

    /// <summary>Whether all of a band is from an amount on, as far as amounts are told.</summary>
    private static bool IsFrom(ForecastBand band, decimal amount) => Math.Min(band.Lower95, band.Lower80) >= amount - 0.0001m && band.Mean >= band.Lower80;

    private static bool IsWithin(ForecastBand part, ForecastBand whole) =>
        part.Lower95 <= whole.Lower95 && part.Lower80 <= whole.Lower80 && part.Mean <= whole.Mean && part.Upper80 <= whole.Upper80 && part.Upper95 <= whole.Upper95
        && part.Lower95 <= part.Lower80 && part.Lower80 <= part.Mean && part.Mean <= part.Upper80 && part.Upper80 <= part.Upper95;

    private static (Forecast Whole, IReadOnlyList<Forecast> Parts) Reconciled(double[][] histories, decimal[] spent, decimal left, params KnownEvent[] events)
    {
        var today = InventedSeries.FirstDay.AddDays(histories[0].Length);
        var all = Enumerable.Range(0, histories[0].Length).Select(day => histories.Sum(history => history[day]));
        var whole = Forecaster.Forecast(InventedSeries.Of([.. all]), Days, events: [.. events, KnownEvent.Running(today, Usd.FromDecimal(spent.Sum()), left)]);
        var parts = histories.Zip(spent, (history, cost) => new ForecastPart(
            InventedSeries.Of(history),
            Forecaster.Forecast(InventedSeries.Of(history), Days, events: [KnownEvent.Running(today, Usd.Zero, left)]),
            Usd.FromDecimal(cost)));
        return (whole, Hierarchy.Reconcile(whole, [.. parts]));
    }
}
