using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;

namespace Farthing.Reports;

/// <summary>What Claude Code tells a status line about the running session.</summary>
internal sealed record HookInput
{
    private const int BytesMax = 1024 * 1024;
    private const int DepthMax = 32;
    private const int UsdDecimals = 12;

    /// <summary>The session's key.</summary>
    public string Session { get; private set; } = string.Empty;

    /// <summary>The model as people call it, else its id.</summary>
    public string Model { get; private set; } = string.Empty;

    /// <summary>What the client thinks the session cost so far; null when it does not say.</summary>
    public Usd? Cost { get; private set; }

    /// <summary>The tokens in the context; null when it does not say.</summary>
    public long? ContextTokens { get; private set; }

    /// <summary>The tokens that the context has room for; null when it does not say.</summary>
    public long? ContextSize { get; private set; }

    /// <summary>Reads the hook's JSON.</summary>
    /// <returns>Null when it is not what a hook sends: not JSON, too large, or without a session.</returns>
    public static HookInput? Read(Stream input)
    {
        var bytes = new byte[BytesMax];
        var length = input.ReadAtLeast(bytes, BytesMax, throwOnEndOfStream: false);
        if (length == BytesMax)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), new() { MaxDepth = DepthMax });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HookInput? Read(JsonElement root)
    {
        if (Text(root, "session_id") is not { Length: > 0 } session)
        {
            return null;
        }

        var input = new HookInput { Session = session };
        if (Part(root, "model") is { } model)
        {
            input.Model = Text(model, "display_name") ?? Text(model, "id") ?? string.Empty;
        }

        if (Part(root, "cost") is { } cost && Number(cost, "total_cost_usd") is { } usd)
        {
            input.Cost = Usd.FromDecimal(decimal.Round(usd, UsdDecimals));
        }

        if (Part(root, "context_window") is { } window)
        {
            input.ContextTokens = (long?)Number(window, "total_input_tokens");
            input.ContextSize = (long?)Number(window, "context_window_size");
        }

        return input;
    }

    private static JsonElement? Part(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null;

    /// <summary>A number that is not negative and not absurd.</summary>
    private static decimal? Number(JsonElement parent, string name)
    {
        const decimal Absurd = 1_000_000_000_000;
        var isNumber = parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Number;
        return isNumber && decimal.TryParse(part.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < Absurd
            ? number
            : null;
    }
}
