using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>
/// Writes a report as JSON. Names and shapes are those of ccusage's unified reports; what we add has names of its own.
/// Money is written from its exact decimal text and never passes through floating point.
/// </summary>
internal sealed class JsonReport
{
    private readonly JsonText writer = new();

    /// <summary>Starts a document.</summary>
    public JsonReport() => writer.WriteStartObject();

    /// <summary>For what is particular to one report.</summary>
    public JsonText Writer => writer;

    /// <summary>How a pricing status is written.</summary>
    public static string NameOf(PricingStatus status) => status switch
    {
        PricingStatus.Exact => "exact",
        PricingStatus.AssumedHost => "assumed_host",
        PricingStatus.Fallback => "fallback",
        PricingStatus.Unpriced => "unpriced",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such status."),
    };

    /// <summary>An exact amount as a JSON number.</summary>
    public void WriteUsd(string name, Usd amount)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(amount.ToString());
    }

    /// <summary>A scaled integer as an exact JSON number.</summary>
    public void WriteDecimal(string name, Int128 scaled, int decimals)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(DecimalText.FormatExact(scaled, decimals));
    }

    /// <summary>An instant in UTC; null when there is none.</summary>
    public void WriteTime(string name, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            writer.WriteString(name, ReportTime.Iso(instant));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>A list of texts.</summary>
    public void WriteTexts(string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Ends the document and hands it over.</summary>
    public void Finish(TextWriter output)
    {
        writer.WriteEndObject();
        output.Write(writer.Written);
        output.Write('\n');
    }
}
