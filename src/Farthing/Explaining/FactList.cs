using Farthing.Reports;
using Spectre.Console;

namespace Farthing.Explaining;

/// <summary>Facts under each other: a quiet label, then the fact, which runs on below itself when it is long.</summary>
internal sealed class FactList
{
    private const int Gap = 2;
    private const int ValueWidthMin = 20;
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private readonly List<(string Label, string Value)> facts = [];

    /// <summary>Adds a fact; one that is empty is left out.</summary>
    public void Add(string label, string value)
    {
        if (value.Length > 0)
        {
            facts.Add((label, DisplayText.Clean(value)));
        }
    }

    /// <summary>Writes the facts.</summary>
    public void Show(IAnsiConsole console)
    {
        var indent = facts.Count == 0 ? 0 : facts.Max(static fact => fact.Label.Length) + Gap;
        var width = Math.Max(console.Profile.Width - indent - 1, ValueWidthMin);
        foreach (var (label, value) in facts)
        {
            var shown = label;
            foreach (var line in DisplayText.Lines(value, width))
            {
                console.Write(new Text(shown.PadRight(indent), Dim));
                console.Write(new Text(DisplayText.Fit(line, width, keepEnd: true) + "\n"));
                shown = string.Empty;
            }
        }
    }
}
