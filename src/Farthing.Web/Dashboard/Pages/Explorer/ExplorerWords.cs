using Farthing.Workflows.Exploring;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>A grain as addresses and people name it.</summary>
/// <param name="Grain">The grain; null for whatever suits.</param>
/// <param name="Word">Its name in addresses.</param>
/// <param name="Name">What people call it.</param>
public sealed record GrainWord(TimeGrain? Grain, string Word, string Name)
{
    /// <summary>All of them; the first one unless told.</summary>
    public static IReadOnlyList<GrainWord> All { get; } =
    [
        new(null, string.Empty, "As it suits"),
        new(TimeGrain.Day, "day", "By day"),
        new(TimeGrain.Week, "week", "By week"),
        new(TimeGrain.Month, "month", "By month"),
        new(TimeGrain.Whole, "none", "Without time"),
    ];

    /// <summary>The one of a grain.</summary>
    public static GrainWord Of(TimeGrain? grain) => All.First(word => word.Grain == grain);

    /// <summary>The one of a word; the first for any other word.</summary>
    public static GrainWord Read(string? word) => All.FirstOrDefault(one => one.Word == word) ?? All[0];
}
