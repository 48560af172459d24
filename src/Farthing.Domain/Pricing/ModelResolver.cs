namespace Farthing.Domain.Pricing;

/// <summary>A resolution with every look-up that led to it and the rate card that holds at a time.</summary>
/// <param name="Resolution">The answer.</param>
/// <param name="Steps">What was looked up, in order.</param>
/// <param name="Card">The list price of an ordinary call at that time; an estimate or unpriced when there is none.</param>
/// <param name="Siblings">Keys of known models with a similar name, newest first: suggestions, never used as a price.</param>
public sealed record PriceExplanation(
    Resolution Resolution, IReadOnlyList<ResolutionStep> Steps, RateCard Card, IReadOnlyList<string> Siblings);

/// <summary>Finds the row that a model name means.</summary>
public static class ModelResolver
{
    private const int SiblingsMax = 3;

    /// <summary>Finds the row, without memory and without trace.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="provider">Who was called, as the source spells it; empty when it does not tell.</param>
    /// <param name="model">The model as the source spells it.</param>
    public static Resolution Resolve(PriceCatalog catalog, string provider, string model) =>
        new ModelSearch(catalog, provider, model, trace: null).Run();

    /// <summary>Finds the row and tells how.</summary>
    /// <param name="rater">Whose catalog and policy are meant.</param>
    /// <param name="provider">Who was called; may be empty.</param>
    /// <param name="model">The model.</param>
    /// <param name="at">The time of the call.</param>
    public static PriceExplanation Explain(Rater rater, string provider, string model, DateTimeOffset at)
    {
        var steps = new List<ResolutionStep>();
        var resolution = new ModelSearch(rater.Catalog, provider, model, steps).Run();
        var card = rater.Rate(provider, model, at, Usage.CallTerms.Standard, new() { Input = 1 }).Card;
        return new(resolution, steps, card, resolution.Row is null ? Siblings(rater.Catalog, model) : []);
    }

    private static IReadOnlyList<string> Siblings(PriceCatalog catalog, string model)
    {
        var words = Words(model);
        return [.. catalog.Rows
            .Where(row => row.Provider == catalog.AuthorOf(words[0])?.Id)
            .Select(row => (row.Key, row.Released, Shared: Words(row.Model).Zip(words).TakeWhile(pair => pair.First == pair.Second).Count()))
            .Where(row => row.Shared > 0)
            .OrderByDescending(row => row.Shared)
            .ThenByDescending(row => row.Released, StringComparer.Ordinal)
            .Take(SiblingsMax)
            .Select(row => row.Key)];
    }

    private static string[] Words(string model)
    {
        var id = ModelId.Canonical(model.ToLowerInvariant());
        return id[(id.LastIndexOf('/') + 1)..].Split('-');
    }
}
