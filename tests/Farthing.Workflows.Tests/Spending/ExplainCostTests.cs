using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Spending;

public sealed class ExplainCostTests
{
    [Fact]
    public async Task A_call_opens_to_tokens_times_rates()
    {
        var (usage, rating) = PricedSample.Calls()[0];

        var call = (await ExplainAsync(usage.Id.ToString())).ShouldBeOfType<CostExplanation.OneCall>();

        call.Priced.Usage.ShouldBe(usage);
        call.BuildUp.Card.ShouldBe(rating.Card);
        call.BuildUp.Lines.Select(line => (line.Class, line.Unit, line.Count, line.Rate.PerMillion(), line.Amount.ToString())).ShouldBe(
        [
            (TokenClass.Input, CostUnit.Tokens, 4, "5", "0.00002"),
            (TokenClass.CacheRead, CostUnit.Tokens, 52_000, "0.5", "0.026"),
            (TokenClass.CacheWrite5m, CostUnit.Tokens, 300, "6.25", "0.001875"),
            (TokenClass.CacheWrite1h, CostUnit.Tokens, 600, "10", "0.006"),
            (TokenClass.Output, CostUnit.Tokens, 210, "25", "0.00525"),
            (TokenClass.Input, CostUnit.WebSearches, 1, "10000", "0.01"),
        ]);
        call.BuildUp.Total.ToString().ShouldBe("0.049145");
        call.BuildUp.Reported.ShouldNotBeNull().ToString().ShouldBe("0.0421");
        call.BuildUp.RoundingFemtodollars.ShouldBe(0);
    }

    [Fact]
    public async Task A_session_has_one_build_up_per_model_and_rate_card_the_dearest_first()
    {
        var session = (await ExplainAsync(PricedSample.Session)).ShouldBeOfType<CostExplanation.OneSession>();

        session.BuildUps.Select(buildUp => (buildUp.Model, buildUp.Calls)).ShouldBe(
            [("claude-opus-4-8", 1), ("claude-lab-preview-x1", 1), ("deepseek-v4-flash", 2)]);
        session.BuildUps.Aggregate(Usd.Zero, (sum, buildUp) => sum + buildUp.Total).ShouldBe(session.Sum.BestCost);
        session.Sum.EstimatedCost.ToString().ShouldBe("0.0045");
        session.IsCut.ShouldBeFalse();
    }

    [Fact]
    public async Task The_rounding_of_single_calls_is_told_to_the_femtodollar()
    {
        var session = (await ExplainAsync(PricedSample.Session)).ShouldBeOfType<CostExplanation.OneSession>();

        // Two calls of 1,001 and 1,003 tokens at 83,567 femtodollars: 83,650.567 and 83,817.701 picodollars, both rounded up.
        var input = session.BuildUps[2].Lines[0];
        input.Amount.ShouldBe(new Usd(167_469));
        input.RoundingFemtodollars.ShouldBe(732);
    }

    [Fact]
    public async Task A_beginning_is_enough_when_it_leads_to_one_thing()
    {
        (await ExplainAsync(PricedSample.Calls()[1].Usage.Id.ToString()[..12])).ShouldBeOfType<CostExplanation.OneCall>();
        (await ExplainAsync("5e0e7c1a-7")).ShouldBeOfType<CostExplanation.OneSession>();
    }

    [Fact]
    public async Task A_beginning_of_several_things_lists_them()
    {
        var ambiguous = (await ExplainAsync("5e0e7c1a")).ShouldBeOfType<CostExplanation.Ambiguous>();

        ambiguous.Count.ShouldBe(2);
        ambiguous.Candidates.Select(candidate => (candidate.IsSession, candidate.Calls)).ShouldBe([(true, 4), (true, 1)]);
    }

    [Fact]
    public async Task An_unknown_name_finds_nothing() => (await ExplainAsync("nothing-like-this")).ShouldBeOfType<CostExplanation.Unknown>();

    [Fact]
    public void The_lines_of_any_calls_add_up_to_their_total() => Prop.ForAll<int[], PositiveInt>((counts, rate) =>
    {
        var card = new RateCard { Model = "m", Status = PricingStatus.Exact, [TokenClass.Input] = new(rate.Get), [TokenClass.Output] = new(rate.Get * 7L) };
        var builder = new CostBuildUpBuilder(card, "m");
        var (template, _) = PricedSample.Calls()[0];
        var total = Usd.Zero;
        foreach (var count in counts)
        {
            var tokens = new TokenCounts { Input = Math.Abs((long)count), Output = Math.Abs((long)count) / 3 };
            var cost = PricedSample.Cost(card, tokens, searches: 0);
            builder.Add(new(template with { Tokens = tokens, WebSearches = 0 }, new(card, cost), string.Empty));
            total += cost.Total;
        }

        var buildUp = builder.Build();
        var exact = buildUp.Lines.Aggregate((Int128)0, (sum, line) => sum + Math.BigMul(line.Rate.Femtodollars, line.Count));
        return buildUp.Total == total
            && buildUp.Lines.Aggregate(Usd.Zero, (sum, line) => sum + line.Amount) == total
            && (buildUp.Total.Picodollars * 1000) - exact == buildUp.RoundingFemtodollars;
    }).Check(Config.QuickThrowOnFailure.WithReplay(20261120, 17));

    private static Task<CostExplanation> ExplainAsync(string name) =>
        new ExplainCost(new MemorySpend(PricedSample.Calls())).ExplainAsync(Dimensions.LocalOrg, name, TestContext.Current.CancellationToken);
}
