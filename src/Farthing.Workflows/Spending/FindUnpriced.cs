using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>A model that was called and has no price of its own.</summary>
public sealed record UnpricedModel
{
    /// <summary>The provider as calls name it; empty when they do not.</summary>
    public required string Provider { get; init; }

    /// <summary>The model as reports name it.</summary>
    public required string Model { get; init; }

    /// <summary>How many of its calls have no price.</summary>
    public required long Calls { get; init; }

    /// <summary>Their tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>What they would cost at a stand-in's price, which is in no total; zero where nobody estimated.</summary>
    public required Usd Estimate { get; init; }

    /// <summary>The first day of such a call, and the last one.</summary>
    public required (DateOnly First, DateOnly Last) Days { get; init; }

    /// <summary>The row of today's catalog that prices it from now on; null while there is none.</summary>
    public PriceRow? PricedNow { get; init; }
}

/// <summary>Finds the models that people use and the catalog does not price, so that no cost is missing silently.</summary>
public sealed class FindUnpriced(ISpendQueries spend, Rater rater)
{
    /// <summary>The most models that are told; they are those with the most calls.</summary>
    public const int ModelsMax = 50;

    private static readonly SpendDimension[] ByModel = [SpendDimension.Provider, SpendDimension.Model];

    /// <summary>Finds them.</summary>
    /// <param name="within">What may be seen.</param>
    /// <param name="zone">Whose days.</param>
    /// <param name="since">Calls before this day are not looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<UnpricedModel>> FindAsync(Scope within, TimeZoneInfo zone, DateOnly since, CancellationToken cancellationToken)
    {
        var query = new SpendQuery { Within = within, Zone = zone, Since = since, GroupBy = ByModel, ByDay = false };
        var names = (await spend.SpendAsync(query with { CostOnly = true }, cancellationToken))
            .Where(HasNoPrice)
            .GroupBy(static row => row.Model, StringComparer.Ordinal)
            .OrderByDescending(static model => model.Sum(static row => row.Calls))
            .Select(static model => model.Key)
            .Take(ModelsMax)
            .ToList();
        if (names.Count == 0)
        {
            return [];
        }

        // Days are asked for of these models only: of all of them they would be many rows.
        var days = await spend.SpendAsync(query with { ByDay = true, Only = [new(SpendDimension.Model, names)] }, cancellationToken);
        return
        [
            .. days.Where(HasNoPrice)
                .GroupBy(static row => (row.Provider, row.Model))
                .Select(Sum)
                .OrderByDescending(static model => model.Calls)
                .ThenBy(static model => model.Model, StringComparer.Ordinal).ThenBy(static model => model.Provider, StringComparer.Ordinal)
                .Take(ModelsMax),
        ];
    }

    private static bool HasNoPrice(SpendRow row) => row.Status is PricingStatus.Fallback or PricingStatus.Unpriced;

    private UnpricedModel Sum(IGrouping<(string Provider, string Model), SpendRow> rows) => new()
    {
        Provider = rows.Key.Provider,
        Model = rows.Key.Model,
        Calls = rows.Sum(static row => row.Calls),
        Tokens = rows.Sum(static row => row.Tokens.Total + row.ModalityTokens),
        Estimate = rows.Where(static row => row.Status == PricingStatus.Fallback).Aggregate(Usd.Zero, static (sum, row) => sum + row.Cost),
        Days = (rows.Min(static row => row.Day), rows.Max(static row => row.Day)),
        PricedNow = rater.Resolve(rows.Key.Provider, rows.Key.Model).Row,
    };
}
