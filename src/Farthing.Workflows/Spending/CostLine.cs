using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>What a line of a cost's build-up counts: the token classes, and what is priced per piece.</summary>
public enum CostUnit
{
    /// <summary>Tokens of <see cref="CostLine.Class"/>.</summary>
    Tokens,

    /// <summary>The reasoning part of the output, where it has a rate of its own.</summary>
    Reasoning,

    /// <summary>Web searches.</summary>
    WebSearches,
}

/// <summary>One line of a cost's build-up: so many units at such a rate cost so much.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Class">The token class; of reasoning it is the output, of web searches it has no meaning.</param>
/// <param name="Count">How many.</param>
/// <param name="Rate">The price of one.</param>
/// <param name="Amount">The exact sum of what the calls cost, each rounded to picodollars once per class.</param>
public sealed record CostLine(CostUnit Unit, TokenClass Class, long Count, Rate Rate, Usd Amount)
{
    private const int FemtodollarsPerPicodollar = 1_000;

    /// <summary>What rounding each call added, in femtodollars: the amount minus count × rate.</summary>
    public Int128 RoundingFemtodollars => (Amount.Picodollars * FemtodollarsPerPicodollar) - Math.BigMul(Rate.Femtodollars, Count);
}

/// <summary>The build-up of a cost at one rate card. The lines add up to the total exactly.</summary>
public sealed record CostBuildUp
{
    /// <summary>The card.</summary>
    public required RateCard Card { get; init; }

    /// <summary>The model as the source spells it.</summary>
    public required string Model { get; init; }

    /// <summary>How many calls it stands for.</summary>
    public required long Calls { get; init; }

    /// <summary>The lines; classes without tokens are left out.</summary>
    public required IReadOnlyList<CostLine> Lines { get; init; }

    /// <summary>The cost; an estimate or unknown as the card's status says.</summary>
    public required Usd Total { get; init; }

    /// <summary>What the sources themselves claimed, for the calls that claim anything; null when none does.</summary>
    public Usd? Reported { get; init; }

    /// <summary>What rounding each call added to the total, in femtodollars.</summary>
    public Int128 RoundingFemtodollars => Lines.Aggregate((Int128)0, (sum, line) => sum + line.RoundingFemtodollars);
}

/// <summary>Adds the calls of one model at one rate card up.</summary>
/// <param name="card">The card.</param>
/// <param name="model">The model as the source spells it.</param>
internal sealed class CostBuildUpBuilder(RateCard card, string model)
{
    private readonly SortedDictionary<(CostUnit Unit, TokenClass Class), (long Count, Usd Amount)> lines = [];
    private long calls;
    private Usd total;
    private Usd? reported;

    /// <summary>Adds one call.</summary>
    public void Add(PricedCall call) => Add(call.Usage.Tokens, call.Usage.WebSearches, call.Rating.Cost, call.Usage.ReportedCost);

    /// <summary>Adds what one call used and cost.</summary>
    public void Add(in TokenCounts tokens, int webSearches, in CostByClass cost, Usd? reportedCost)
    {
        calls++;
        total += cost.Total;
        reported = reportedCost is { } claimed ? (reported ?? Usd.Zero) + claimed : reported;
        Add(TokenClass.Input, tokens.Input, cost.Input);
        Add(TokenClass.CacheRead, tokens.CacheRead, cost.CacheRead);
        Add(TokenClass.CacheWrite5m, tokens.CacheWrite5m, cost.CacheWrite5m);
        Add(TokenClass.CacheWrite1h, tokens.CacheWrite1h, cost.CacheWrite1h);
        AddOutput(tokens, cost.Output);
        AddModalities(tokens.Modalities);
        Add(CostUnit.WebSearches, default, webSearches, cost.Units);
    }

    /// <summary>What has been added.</summary>
    public CostBuildUp Build() => new()
    {
        Card = card,
        Model = model,
        Calls = calls,
        Lines = [.. lines.Select(line => new CostLine(line.Key.Unit, line.Key.Class, line.Value.Count, RateOf(line.Key.Unit, line.Key.Class), line.Value.Amount))],
        Total = total,
        Reported = reported,
    };

    private Rate RateOf(CostUnit unit, TokenClass tokenClass) => unit switch
    {
        CostUnit.WebSearches => card.WebSearch,
        CostUnit.Reasoning => card.Reasoning ?? card[TokenClass.Output],
        _ => card[tokenClass],
    };

    private void AddOutput(in TokenCounts tokens, Usd cost)
    {
        var apart = card.Reasoning is null ? 0 : tokens.Reasoning;
        var reasoning = (card.Reasoning ?? Rate.Free).Times(apart);
        Add(TokenClass.Output, tokens.Output - apart, cost - reasoning);
        Add(CostUnit.Reasoning, TokenClass.Output, apart, reasoning);
    }

    // Their sum alone is stored; every class of them is rounded once, so the parts are known again.
    private void AddModalities(ModalityCounts? modalities)
    {
        for (var tokenClass = TokenClass.InputAudio; modalities is not null && tokenClass <= TokenClass.Citation; tokenClass++)
        {
            Add(tokenClass, modalities[tokenClass], card[tokenClass].Times(modalities[tokenClass]));
        }
    }

    private void Add(TokenClass tokenClass, long count, Usd amount) => Add(CostUnit.Tokens, tokenClass, count, amount);

    private void Add(CostUnit unit, TokenClass tokenClass, long count, Usd amount)
    {
        if (count != 0)
        {
            var known = lines.GetValueOrDefault((unit, tokenClass));
            lines[(unit, tokenClass)] = (known.Count + count, known.Amount + amount);
        }
    }
}
