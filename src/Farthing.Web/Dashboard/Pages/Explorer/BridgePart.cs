using Farthing.Domain.Allocation;
using Farthing.Domain.Money;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>A part of a change of spend as files and people name it.</summary>
/// <param name="Word">Its name in files.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Of">Takes it from the parts.</param>
public sealed record BridgePart(string Word, string Name, string Meaning, Func<BridgeParts, Usd> Of)
{
    /// <summary>All of them, in the order in which they lead from one period to the other.</summary>
    public static IReadOnlyList<BridgePart> All { get; } =
    [
        new("volume", "Volume", "More or fewer tokens", static parts => parts.Volume),
        new("mix", "Mix", "Tokens that moved between models and groups of other prices", static parts => parts.Mix),
        new("output", "Output", "Longer or shorter answers for as many tokens", static parts => parts.Output),
        new("cache", "Cache", "Prompts of which caches hold more or less", static parts => parts.Cache),
        new("price", "Price", "Rates that changed for the same model and kind of token", static parts => parts.Price),
        new("other", "Other", "Web searches, images, audio, and the rounding of each call", static parts => parts.Other),
    ];
}
