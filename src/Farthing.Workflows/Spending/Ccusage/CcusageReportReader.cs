using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>What was read: the reports, or why there are none.</summary>
/// <param name="Reports">One, or several when ccusage was asked for <c>--sections</c>.</param>
/// <param name="Refusal">What is wrong and what to do; null when reports were read.</param>
public sealed record CcusageReading(IReadOnlyList<CcusageReport> Reports, string? Refusal);

/// <summary>Reads the JSON that ccusage writes and tells the kind of report from its shape.</summary>
public static class CcusageReportReader
{
    /// <summary>A report of more rows than these is refused.</summary>
    public const int RowsMax = 100_000;

    /// <summary>A larger report is refused unread.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;
    private const int DepthMax = 32;
    private const int Decimals = 12;
    private const string Advice = "give the output of a ccusage report with --json: daily, weekly, monthly, session or blocks, of all agents or of one";

    /// <summary>Reads a report. Bad content is a refusal, never an exception; failures of the stream pass through.</summary>
    /// <param name="json">The report.</param>
    /// <param name="agent">Whose report it is when the shape does not tell; null for Claude Code.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<CcusageReading> ReadAsync(Stream json, string? agent, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream();
            if (!await FitsAsync(json, content, cancellationToken))
            {
                return Refuse($"the report is larger than {BytesMax} bytes");
            }

            using var document = JsonDocument.Parse(content.GetBuffer().AsMemory(0, (int)content.Length), new() { MaxDepth = DepthMax });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return Refuse("the JSON is not an object");
            }

            List<CcusageReport> reports = [.. root.EnumerateObject().Select(section => ReadSection(root, section, agent)).OfType<CcusageReport>()];
            return reports.Count > 0 ? new(reports, null) : Refuse("the JSON holds none of ccusage's reports");
        }
        catch (JsonException failure)
        {
            return Refuse($"the JSON is broken in line {failure.LineNumber + 1}");
        }
        catch (FormatException failure)
        {
            return Refuse(failure.Message);
        }
    }

    private static async Task<bool> FitsAsync(Stream json, MemoryStream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (await json.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > BytesMax)
            {
                return false;
            }

            await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    private static CcusageReading Refuse(string reason) => new([], $"{reason}; {Advice}");

    private static CcusageReport? ReadSection(JsonElement root, JsonProperty section, string? agent)
    {
        var rows = section.Value;
        return section.Name switch
        {
            "daily" => Build(root, rows, agent, CcusagePeriod.Day, "daily", "date"),
            "weekly" => Build(root, rows, agent, CcusagePeriod.Week, "weekly", "week"),
            "monthly" => Build(root, rows, agent, CcusagePeriod.Month, "monthly", "month"),
            "session" or "sessions" => Build(root, rows, agent, CcusagePeriod.Session, "session", "sessionId"),
            "blocks" => new()
            {
                Title = "blocks",
                Agent = CcusageRules.Claude,
                Period = CcusagePeriod.Block,
                Rows = [.. Objects(rows).Where(row => !Flag(row, "isGap")).Select(ReadBlock)],
            },
            "projects" when rows.ValueKind == JsonValueKind.Object => Build(
                root, rows.EnumerateObject().SelectMany(project => Objects(project.Value)), agent ?? CcusageRules.Claude, CcusagePeriod.Day, "daily", "date"),
            _ => null,
        };
    }

    private static CcusageReport Build(JsonElement root, JsonElement rows, string? agent, CcusagePeriod period, string title, string key) =>
        Build(root, Objects(rows), agent, period, title, key);

    private static CcusageReport Build(
        JsonElement root, IEnumerable<JsonElement> elements, string? agent, CcusagePeriod period, string title, string key)
    {
        JsonElement[] rows = [.. elements.Take(RowsMax + 1)];
        if (rows.Length > RowsMax)
        {
            throw new FormatException($"the report has more than {RowsMax} rows");
        }

        var isUnified = rows.Length > 0 && rows[0].TryGetProperty("agent", out _);
        var isCodex = Totals(root) is { } totals && totals.TryGetProperty("costUSD", out _);
        var whose = isUnified ? null : agent ?? (isCodex ? "codex" : CcusageRules.Claude);
        return new()
        {
            Title = whose is null ? title : $"{whose} {title}",
            Agent = whose,
            Period = period,
            Rows = [.. rows.Select(row => ReadRow(row, isUnified ? "period" : key))],
            Unpriced = [.. UnpricedOf(root)],
        };
    }

    private static CcusageRow ReadRow(JsonElement row, string key)
    {
        var cost = row.TryGetProperty("totalCost", out var total) || row.TryGetProperty("costUSD", out total) ? Money(total) : (Usd?)null;
        List<CcusageModel> models = [];
        if (row.TryGetProperty("modelBreakdowns", out var breakdowns))
        {
            models.AddRange(Objects(breakdowns).Select(model => ReadModel(Text(model, "modelName"), model)));
        }
        else if (row.TryGetProperty("models", out var named) && named.ValueKind == JsonValueKind.Object)
        {
            models.AddRange(named.EnumerateObject().Select(model => ReadModel(model.Name, ObjectOf(model.Value))));
        }

        return new(Text(row, key), models, Tokens(row), cost);
    }

    private static CcusageModel ReadModel(string name, JsonElement model) => new(
        name,
        Tokens(model),
        model.TryGetProperty("cost", out var cost) ? Money(cost) : null,
        Flag(model, "missingPricing"));

    private static CcusageRow ReadBlock(JsonElement block)
    {
        var counts = block.TryGetProperty("tokenCounts", out var found) ? ObjectOf(found) : throw new FormatException("a block has no 'tokenCounts'");
        var tokens = new CcusageTokens(
            Count(counts, "inputTokens"), Count(counts, "cacheCreationInputTokens"), Count(counts, "cacheReadInputTokens"), Count(counts, "outputTokens"));
        var cost = block.TryGetProperty("costUSD", out var value) ? Money(value) : (Usd?)null;
        return new(Text(block, "id"), [], tokens, cost, Instant(block, "startTime"), Instant(block, "endTime"));
    }

    private static IEnumerable<string> UnpricedOf(JsonElement root) =>
        Totals(root) is { } totals && totals.TryGetProperty("unpricedModels", out var models)
            ? Elements(models).Where(model => model.ValueKind == JsonValueKind.String).Select(model => model.GetString()!)
            : [];

    private static JsonElement? Totals(JsonElement root) =>
        root.TryGetProperty("totals", out var totals) && totals.ValueKind == JsonValueKind.Object ? totals : null;

    private static IEnumerable<JsonElement> Objects(JsonElement array) => Elements(array).Select(ObjectOf);

    private static JsonElement.ArrayEnumerator Elements(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : throw new FormatException("a list of rows is not an array");

    private static JsonElement ObjectOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value : throw new FormatException("a row is not an object");

    private static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static CcusageTokens Tokens(JsonElement row) =>
        new(Count(row, "inputTokens"), Count(row, "cacheCreationTokens"), Count(row, "cacheReadTokens"), Count(row, "outputTokens"));

    private static long Count(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0
            ? count
            : throw new FormatException($"'{name}' is not a number of tokens");

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"a row has no '{name}'");

    private static DateTimeOffset Instant(JsonElement row, string name) =>
        DateTimeOffset.TryParse(Text(row, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FormatException($"'{name}' is not an instant");

    // ccusage prints doubles; what lies beyond the twelfth decimal is their dust.
    private static Usd Money(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var value)
            ? Usd.FromDecimal(decimal.Round(value, Decimals, MidpointRounding.ToEven))
            : throw new FormatException("a cost is not a number of dollars");
}
