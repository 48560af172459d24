using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>
/// A usage object as the Messages API reports it: of a whole response, or of one iteration of it. The spans point into
/// the line.
/// </summary>
internal ref struct ClaudeUsage
{
    private long? input;
    private long? output;
    private long? cacheRead;
    private long? cacheWrite;
    private long? cacheWrite5m;
    private long? cacheWrite1h;
    private long? thinking;

    /// <summary>What makes the figures unusable, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Web searches that the provider ran; negative when the log holds nonsense.</summary>
    public int WebSearches { get; private set; }

    /// <summary>The service tier.</summary>
    public ReadOnlySpan<byte> ServiceTier { get; private set; }

    /// <summary>The speed: <c>fast</c> or <c>standard</c>.</summary>
    public ReadOnlySpan<byte> Speed { get; private set; }

    /// <summary>The inference region.</summary>
    public ReadOnlySpan<byte> InferenceGeo { get; private set; }

    /// <summary>In an iteration: what it did (<c>message</c>, <c>compaction</c> …).</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>In an iteration: its own model when it is another one.</summary>
    public ReadOnlySpan<byte> Model { get; private set; }

    /// <summary>The JSON of the list of iterations; empty when there is none.</summary>
    public ReadOnlySpan<byte> Iterations { get; private set; }

    /// <summary>Whether the count of uncached input is missing or null.</summary>
    public readonly bool LacksInput => input is null;

    /// <summary>Whether the count of output is missing or null.</summary>
    public readonly bool LacksOutput => output is null;

    /// <summary>
    /// The classes. Old versions wrote only the flat count of cache writes, some wrote only the split: what the split
    /// does not cover lived five minutes, and a split that is larger than the flat count is trusted.
    /// </summary>
    public readonly TokenCounts Tokens
    {
        get
        {
            var (fiveMinutes, oneHour) = (cacheWrite5m ?? 0, cacheWrite1h ?? 0);
            return new()
            {
                Input = input ?? 0,
                CacheRead = cacheRead ?? 0,
                CacheWrite5m = Math.Max(fiveMinutes, (cacheWrite ?? 0) - oneHour),
                CacheWrite1h = oneHour,
                Output = output ?? 0,
                Reasoning = Math.Min(thinking ?? 0, output ?? 0),
            };
        }
    }

    /// <summary>Reads the object at which the cursor stands; any other value is consumed.</summary>
    public static ClaudeUsage Read(scoped ref JsonCursor json)
    {
        var usage = default(ClaudeUsage);
        if (!json.Enter())
        {
            return usage;
        }

        while (json.NextField(out var name))
        {
            usage.ReadField(ref json, name);
        }

        return usage;
    }

    private void ReadField(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 12 when JsonWord.Is(name, "input_tokens"u8):
                Check(json.Count(ref input));
                break;
            case 13 when JsonWord.Is(name, "output_tokens"u8):
                Check(json.Count(ref output));
                break;
            case 23 when JsonWord.Is(name, "cache_read_input_tokens"u8):
                Check(json.Count(ref cacheRead));
                break;
            case 27 when JsonWord.Is(name, "cache_creation_input_tokens"u8):
                Check(json.Count(ref cacheWrite));
                break;
            case 14 when JsonWord.Is(name, "cache_creation"u8):
                ReadSplit(ref json);
                break;
            case 15 when JsonWord.Is(name, "server_tool_use"u8):
                ReadServerTools(ref json);
                break;
            case 21 when JsonWord.Is(name, "output_tokens_details"u8):
                ReadDetails(ref json);
                break;
            case 10 when JsonWord.Is(name, "iterations"u8) && json.Peek == '[':
                Iterations = json.Slice();
                break;
            default:
                ReadTerm(ref json, name);
                break;
        }
    }

    private void ReadSplit(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "ephemeral_5m_input_tokens"u8))
            {
                Check(json.Count(ref cacheWrite5m));
            }
            else if (JsonWord.Is(name, "ephemeral_1h_input_tokens"u8))
            {
                Check(json.Count(ref cacheWrite1h));
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadServerTools(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "web_search_requests"u8))
            {
                WebSearches = ReadSearches(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadDetails(scoped ref JsonCursor json)
    {
        if (!json.Enter())
        {
            return;
        }

        while (json.NextField(out var name))
        {
            if (JsonWord.Is(name, "thinking_tokens"u8))
            {
                Check(json.Count(ref thinking));
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadTerm(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (JsonWord.Is(name, "service_tier"u8))
        {
            ServiceTier = json.Text();
        }
        else if (JsonWord.Is(name, "speed"u8))
        {
            Speed = json.Text();
        }
        else if (JsonWord.Is(name, "inference_geo"u8))
        {
            InferenceGeo = json.Text();
        }
        else if (JsonWord.Is(name, "type"u8))
        {
            Type = json.Text();
        }
        else if (JsonWord.Is(name, "model"u8))
        {
            Model = json.Text();
        }
        else
        {
            json.Skip();
        }
    }

    private static int ReadSearches(scoped ref JsonCursor json)
    {
        long? searches = 0;
        return json.Count(ref searches, int.MaxValue) is null ? (int)(searches ?? 0) : -1;
    }

    private void Check(string? fault) => Fault ??= fault;
}
