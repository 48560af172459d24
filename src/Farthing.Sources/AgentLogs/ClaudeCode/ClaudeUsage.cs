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
        if (name.SequenceEqual("input_tokens"u8))
        {
            Check(json.Count(ref input));
        }
        else if (name.SequenceEqual("cache_creation_input_tokens"u8))
        {
            Check(json.Count(ref cacheWrite));
        }
        else if (name.SequenceEqual("cache_read_input_tokens"u8))
        {
            Check(json.Count(ref cacheRead));
        }
        else if (name.SequenceEqual("output_tokens"u8))
        {
            Check(json.Count(ref output));
        }
        else if (name.SequenceEqual("iterations"u8) && json.Peek == '[')
        {
            Iterations = json.Slice();
        }
        else if (!TryReadParts(ref json, name) && !TryReadTerms(ref json, name))
        {
            json.Skip();
        }
    }

    private bool TryReadParts(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        var isSplit = name.SequenceEqual("cache_creation"u8);
        var isSearch = name.SequenceEqual("server_tool_use"u8);
        if (!isSplit && !isSearch && !name.SequenceEqual("output_tokens_details"u8))
        {
            return false;
        }

        if (!json.Enter())
        {
            return true;
        }

        while (json.NextField(out var part))
        {
            if (isSplit && part.SequenceEqual("ephemeral_5m_input_tokens"u8))
            {
                Check(json.Count(ref cacheWrite5m));
            }
            else if (isSplit && part.SequenceEqual("ephemeral_1h_input_tokens"u8))
            {
                Check(json.Count(ref cacheWrite1h));
            }
            else if (isSearch && part.SequenceEqual("web_search_requests"u8))
            {
                WebSearches = ReadSearches(ref json);
            }
            else if (!isSplit && !isSearch && part.SequenceEqual("thinking_tokens"u8))
            {
                Check(json.Count(ref thinking));
            }
            else
            {
                json.Skip();
            }
        }

        return true;
    }

    private bool TryReadTerms(scoped ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("service_tier"u8))
        {
            ServiceTier = json.Text();
        }
        else if (name.SequenceEqual("speed"u8))
        {
            Speed = json.Text();
        }
        else if (name.SequenceEqual("inference_geo"u8))
        {
            InferenceGeo = json.Text();
        }
        else if (name.SequenceEqual("type"u8))
        {
            Type = json.Text();
        }
        else if (name.SequenceEqual("model"u8))
        {
            Model = json.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static int ReadSearches(scoped ref JsonCursor json)
    {
        long? searches = 0;
        return json.Count(ref searches, int.MaxValue) is null ? (int)(searches ?? 0) : -1;
    }

    private void Check(string? fault) => Fault ??= fault;
}
