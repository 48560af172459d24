using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;

namespace Farthing.Domain.Tests.PlanFit;

public sealed class ModelChoicesTests
{
    private static readonly PlanPeriod Month = new(30);

    [Fact]
    public void CM19_a_cheaper_model_that_succeeds_as_often_is_told()
    {
        var choices = ModelChoices.Find([Use("debugging", "opus", 3, 3, 5.85m), Use("debugging", "sonnet", 3, 3, 0.567m)], Month);

        var choice = choices.ShouldHaveSingleItem();
        (choice.Current.Model, choice.Recommended.Model, choice.Support, choice.Confidence).ShouldBe(("opus", "sonnet", 3, Confidence.Medium));
        (choice.PeriodSavings, choice.MonthlySavings).ShouldBe((Ratio.FromDecimal(5.283m), Ratio.FromDecimal(5.283m)));
        ModelChoices.TotalMonthlySavings(choices).Round(ModelChoices.MoneyDecimals).ShouldBe(5.283m);
        (choice.Current.AverageCost, choice.Recommended.AverageCost).ShouldBe((Ratio.FromDecimal(1.95m), Ratio.FromDecimal(0.189m)));
    }

    [Fact]
    public void CM20_a_cheaper_model_that_fails_is_not_told()
    {
        var choices = ModelChoices.Find([Use("debugging", "opus", 3, 3, 5.85m), Use("debugging", "sonnet", 3, 0, 0.567m)], Month);

        choices.ShouldBeEmpty();
        ModelChoices.TotalMonthlySavings(choices).ShouldBe(Ratio.Zero);
    }

    [Fact]
    public void CM21_of_equal_savings_the_surer_one_is_first()
    {
        ModelUse[] uses =
        [
            Use("alpha", "opus", 3, 3, 6), Use("alpha", "sonnet", 3, 3, 3), Use("zeta", "opus", 6, 6, 6), Use("zeta", "sonnet", 6, 6, 3),
        ];

        ModelChoices.Find(uses, Month).Select(choice => (choice.Current.Archetype, choice.Confidence))
            .ShouldBe([("zeta", Confidence.High), ("alpha", Confidence.Medium)]);
    }

    [Theory]
    [InlineData(85, 0)]
    [InlineData(84, 1)]
    public void A_candidate_costs_less_than_85_percent(int cents, int told) =>
        ModelChoices.Find([Use("a", "dear", 10, 10, 10), Use("a", "cheap", 10, 10, cents / 10m)], Month).Count.ShouldBe(told);

    [Theory]
    [InlineData(100, 95, 1)]
    [InlineData(100, 94, 0)]
    [InlineData(60, 65, 1)]
    [InlineData(60, 64, 0)]
    public void A_candidate_succeeds_nearly_as_often_and_in_most_cases(int current, int candidate, int told) =>
        ModelChoices.Find([Use("a", "dear", 100, current, 100), Use("a", "cheap", 100, candidate, 10)], Month).Count.ShouldBe(told);

    [Theory]
    [InlineData(100, 98, 100, Confidence.High)]
    [InlineData(100, 97, 100, Confidence.Medium)]
    [InlineData(100, 100, 5, Confidence.Medium)]
    [InlineData(100, 100, 2, Confidence.Low)]
    public void Confidence_needs_sessions_and_success(int current, int candidate, int sessions, Confidence confidence) =>
        ModelChoices.Find([Use("a", "dear", 100, current, 100), Use("a", "cheap", sessions, candidate * sessions / 100, sessions / 10m)], Month)
            .ShouldHaveSingleItem().Confidence.ShouldBe(confidence);

    [Fact]
    public void One_session_is_no_sample() =>
        ModelChoices.Find([Use("a", "dear", 1, 1, 100), Use("a", "cheap", 5, 5, 1), Use("b", "dear", 5, 5, 100), Use("b", "cheap", 1, 1, 1)], Month).ShouldBeEmpty();

    [Fact]
    public void Sessions_of_no_known_kind_are_not_compared() =>
        ModelChoices.Find([Use(string.Empty, "dear", 5, 5, 100), Use(string.Empty, "cheap", 5, 5, 1)], Month).ShouldBeEmpty();

    [Fact]
    public void A_dime_a_month_is_the_least()
    {
        ModelUse[] uses = [Use("a", "dear", 2, 2, 0.11m), Use("a", "cheap", 2, 2, 0.01m)];

        ModelChoices.Find(uses, Month).ShouldHaveSingleItem().MonthlySavings.ShouldBe(Ratio.Of(1, 10));
        ModelChoices.Find(uses, new(31)).ShouldBeEmpty();
    }

    [Fact]
    public void The_cheapest_candidate_wins_then_the_one_that_succeeds_more_then_the_one_with_more_sessions()
    {
        ModelUse[] uses =
        [
            Use("a", "dear", 10, 9, 100), Use("a", "b", 10, 9, 10), Use("a", "c", 10, 10, 10), Use("a", "d", 20, 20, 20), Use("a", "e", 99, 99, 198),
        ];

        ModelChoices.Find(uses, Month).Single(choice => choice.Current.Model == "dear").Recommended.Model.ShouldBe("d");
    }

    [Fact]
    public void Six_are_told_at_most() =>
        ModelChoices.Find(Enumerable.Range(0, 9).SelectMany(kind => new[] { Use($"k{kind}", "dear", 5, 5, 100), Use($"k{kind}", "cheap", 5, 5, 1) }), Month)
            .Count.ShouldBe(ModelChoices.RowsMax);

    [Theory]
    [InlineData("success", SessionOutcome.Success)]
    [InlineData(" Fully_Achieved ", SessionOutcome.Success)]
    [InlineData("partial", SessionOutcome.Partial)]
    [InlineData("mostly_achieved", SessionOutcome.Partial)]
    [InlineData("partially_achieved", SessionOutcome.Partial)]
    [InlineData("failure", SessionOutcome.Failure)]
    [InlineData("not_achieved", SessionOutcome.Failure)]
    [InlineData("who knows", SessionOutcome.Unknown)]
    [InlineData(null, SessionOutcome.Unknown)]
    public void Outcomes_have_several_words(string? word, SessionOutcome outcome) => SessionOutcomes.Parse(word).ShouldBe(outcome);

    private static ModelUse Use(string archetype, string model, int sessions, int successes, decimal cost) =>
        new(archetype, model, sessions, sessions, successes, Usd.FromDecimal(cost));
}
