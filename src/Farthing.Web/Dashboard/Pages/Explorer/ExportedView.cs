using System.Text.Json;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>What files of views have in common: what was asked, and for each dimension of a line the value and what it is called.</summary>
internal static class ExportedView
{
    /// <summary>What the share is called, which is of the figure that is shown: <c>share_of_cost</c>.</summary>
    public static string ShareName(ExploreRequest request) => $"share_of_{MetricWord.Of(request.Show).Word}";

    /// <summary>Writes what was asked.</summary>
    public static void WriteAsked(Utf8JsonWriter json, ExploreRequest request, TimeZoneInfo zone)
    {
        json.WriteString("from", DaySpan.Iso(request.First));
        json.WriteString("to", DaySpan.Iso(request.Last));
        json.WriteString("time_zone", zone.Id);
        json.WriteStartArray("by");
        foreach (var by in request.By)
        {
            json.WriteStringValue(DimensionWord.Of(by).Word);
        }

        json.WriteEndArray();
        json.WriteStartObject("filters");
        foreach (var filter in request.Only)
        {
            json.WriteStartArray(DimensionWord.Of(filter.By).Word);
            foreach (var value in filter.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the values that a line has of the first dimensions.</summary>
    public static void WritePath(Utf8JsonWriter json, ExploreRequest request, DimensionNames names, IReadOnlyList<string> path)
    {
        for (var at = 0; at < path.Count; at++)
        {
            var word = DimensionWord.Of(request.By[at]);
            json.WriteString(word.Word, path[at]);
            if (HasNames(word.By))
            {
                json.WriteString(word.Word + "_name", names[word.By, path[at]]);
            }
        }
    }

    /// <summary>Adds the heads of the dimensions' columns.</summary>
    public static void AddHeads(CsvText csv, ExploreRequest request)
    {
        foreach (var word in request.By.Select(DimensionWord.Of))
        {
            csv.AddSafe(word.Word);
            if (HasNames(word.By))
            {
                csv.AddSafe(word.Word + "_name");
            }
        }
    }

    /// <summary>Adds the cells of those columns; empty where a line has no value.</summary>
    public static void AddPath(CsvText csv, ExploreRequest request, DimensionNames names, IReadOnlyList<string> path)
    {
        for (var at = 0; at < request.By.Count; at++)
        {
            var (by, value) = (request.By[at], at < path.Count ? path[at] : string.Empty);
            csv.Add(value);
            if (HasNames(by))
            {
                csv.Add(value.Length == 0 ? string.Empty : names[by, value]);
            }
        }
    }

    /// <summary>Whether a dimension's values have names besides.</summary>
    private static bool HasNames(SpendDimension by) => by is SpendDimension.Team or SpendDimension.User or SpendDimension.ApiKey;
}
