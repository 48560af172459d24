using System.Text;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// A table as text with commas (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front,
/// because anybody can choose the name of a project.
/// </summary>
internal sealed class CsvText
{
    /// <summary>What formulas begin with; spreadsheets take the wide forms for the narrow ones.</summary>
    private const string Formulas = "=+-@|%\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private readonly StringBuilder text = new();
    private bool isBehind;

    /// <summary>Adds a text that somebody chose.</summary>
    public CsvText Add(string value) => AddSafe(value.TrimStart(' ') is [var first, ..] && Formulas.Contains(first) ? "'" + value : value);

    /// <summary>Adds a number or a word of our own.</summary>
    public CsvText AddSafe(string value)
    {
        text.Append(isBehind ? "," : string.Empty);
        isBehind = true;
        if (value.AsSpan().IndexOfAny("\",\r\n") < 0)
        {
            text.Append(value);
            return this;
        }

        text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }

    /// <summary>Ends the line.</summary>
    public CsvText End()
    {
        text.Append("\r\n");
        isBehind = false;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
