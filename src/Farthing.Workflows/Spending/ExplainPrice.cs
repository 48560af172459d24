using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>What a model costs: a question without a call that was ever made.</summary>
/// <param name="Model">The model as a source would spell it.</param>
/// <param name="Provider">Who would be called; empty when a source would not tell.</param>
/// <param name="At">The time of the call.</param>
/// <param name="Terms">Tier, mode and region.</param>
/// <param name="Tokens">The tokens; null when only the rates are asked for.</param>
/// <param name="WebSearches">Billed web searches.</param>
public sealed record PriceQuestion(string Model, string Provider, DateTimeOffset At, CallTerms Terms, TokenCounts? Tokens, int WebSearches);

/// <summary>The answer.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Explanation">How the name was resolved, step by step.</param>
/// <param name="Card">The rate card that holds.</param>
/// <param name="BuildUp">Class × tokens × rate; null when only the rates were asked for.</param>
public sealed record PriceAnswer(PriceQuestion Question, PriceExplanation Explanation, RateCard Card, CostBuildUp? BuildUp);

/// <summary>Answers what a model costs and why.</summary>
public static class ExplainPrice
{
    /// <summary>Resolves the name with a trace and rates the call.</summary>
    public static PriceAnswer Ask(Rater rater, PriceQuestion question)
    {
        var explanation = ModelResolver.Explain(rater, question.Provider, question.Model, question.At);
        var isCall = question.Tokens is not null || question.WebSearches > 0;
        var tokens = question.Tokens ?? (isCall ? default : new TokenCounts { Input = 1 });
        var rating = rater.Rate(question.Provider, question.Model, question.At, question.Terms, tokens, question.WebSearches);
        if (!isCall)
        {
            return new(question, explanation, rating.Card, null);
        }

        var builder = new CostBuildUpBuilder(rating.Card, question.Model);
        builder.Add(tokens, question.WebSearches, rating.Cost, reportedCost: null);
        return new(question, explanation, rating.Card, builder.Build());
    }
}
