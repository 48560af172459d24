using System.Text.Json;
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

    /// <summary>Reads the object at which the reader stands.</summary>
    public static ClaudeUsage Read(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        var usage = default(ClaudeUsage);
        while (JsonFields.Next(ref json, out var name))
        {
            usage.ReadField(ref json, name, line);
        }

        return usage;
    }

    private void ReadField(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> line)
    {
        if (name.SequenceEqual("input_tokens"u8))
        {
            Check(JsonFields.Count(ref json, ref input));
        }
        else if (name.SequenceEqual("cache_creation_input_tokens"u8))
        {
            Check(JsonFields.Count(ref json, ref cacheWrite));
        }
        else if (name.SequenceEqual("cache_read_input_tokens"u8))
        {
            Check(JsonFields.Count(ref json, ref cacheRead));
        }
        else if (name.SequenceEqual("output_tokens"u8))
        {
            Check(JsonFields.Count(ref json, ref output));
        }
        else if (name.SequenceEqual("iterations"u8) && json.TokenType == JsonTokenType.StartArray)
        {
            Iterations = JsonFields.Slice(ref json, line);
        }
        else if (!TryReadParts(ref json, name) && !TryReadTerms(ref json, name))
        {
            json.Skip();
        }
    }

    private bool TryReadParts(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name)
    {
        var isSplit = name.SequenceEqual("cache_creation"u8);
        var isSearch = name.SequenceEqual("server_tool_use"u8);
        if (!isSplit && !isSearch && !name.SequenceEqual("output_tokens_details"u8))
        {
            return false;
        }

        if (!JsonFields.IsObject(ref json))
        {
            return true;
        }

        while (JsonFields.Next(ref json, out var part))
        {
            if (isSplit && part.SequenceEqual("ephemeral_5m_input_tokens"u8))
            {
                Check(JsonFields.Count(ref json, ref cacheWrite5m));
            }
            else if (isSplit && part.SequenceEqual("ephemeral_1h_input_tokens"u8))
            {
                Check(JsonFields.Count(ref json, ref cacheWrite1h));
            }
            else if (isSearch && part.SequenceEqual("web_search_requests"u8))
            {
                WebSearches = ReadSearches(ref json);
            }
            else if (!isSplit && !isSearch && part.SequenceEqual("thinking_tokens"u8))
            {
                Check(JsonFields.Count(ref json, ref thinking));
            }
            else
            {
                json.Skip();
            }
        }

        return true;
    }

    private bool TryReadTerms(scoped ref Utf8JsonReader json, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("service_tier"u8))
        {
            ServiceTier = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("speed"u8))
        {
            Speed = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("inference_geo"u8))
        {
            InferenceGeo = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("type"u8))
        {
            Type = JsonFields.Text(ref json);
        }
        else if (name.SequenceEqual("model"u8))
        {
            Model = JsonFields.Text(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static int ReadSearches(scoped ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var searches))
        {
            return searches;
        }

        json.Skip();
        return -1;
    }

    private void Check(string? fault) => Fault ??= fault;
}
