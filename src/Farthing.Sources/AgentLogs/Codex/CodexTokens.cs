using System.Globalization;
using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>
/// Counts as Codex writes them, of one response or of the whole thread so far: input includes what was read from and
/// written to the cache, output includes reasoning.
/// </summary>
/// <param name="Input">All prompt tokens.</param>
/// <param name="Cached">Those of them that were read from the cache.</param>
/// <param name="CacheWrite">Those of them that were written to the cache.</param>
/// <param name="Output">All generated tokens.</param>
/// <param name="Reasoning">Those of them that were reasoning.</param>
/// <param name="Total">The total as told; only distinguishes one reading from another.</param>
internal readonly record struct CodexTokens(long Input, long Cached, long CacheWrite, long Output, long Reasoning, long Total)
{
    // A thread may use more than one call can; sums of two such counts still fit a long.
    private const long CountMax = 1_000_000_000_000_000;

    private const int Fields = 6;

    /// <summary>Whether the parts fit into the whole; when they do not, <see cref="Classes"/> cuts them.</summary>
    public bool Fits => Cached + CacheWrite <= Input && Reasoning <= Output;

    /// <summary>The disjoint classes.</summary>
    public TokenCounts Classes
    {
        get
        {
            var cached = Math.Min(Cached, Input);
            var written = Math.Min(CacheWrite, Input - cached);
            return new()
            {
                Input = Input - cached - written,
                CacheRead = cached,
                CacheWrite5m = written,
                Output = Output,
                Reasoning = Math.Min(Reasoning, Output),
            };
        }
    }

    /// <summary>Adds class by class.</summary>
    public static CodexTokens operator +(CodexTokens left, CodexTokens right) => new(
        left.Input + right.Input, left.Cached + right.Cached, left.CacheWrite + right.CacheWrite,
        left.Output + right.Output, left.Reasoning + right.Reasoning, left.Total + right.Total);

    /// <summary>What was used since an earlier total. A smaller total began a new context and is itself what was used.</summary>
    public CodexTokens Since(CodexTokens earlier) => Input + Output < earlier.Input + earlier.Output
        ? this
        : new(
            Math.Max(0, Input - earlier.Input), Math.Max(0, Cached - earlier.Cached), Math.Max(0, CacheWrite - earlier.CacheWrite),
            Math.Max(0, Output - earlier.Output), Math.Max(0, Reasoning - earlier.Reasoning), Math.Max(0, Total - earlier.Total));

    /// <summary>Reads the object at which the reader stands. Missing and null counts are 0.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Read(scoped ref JsonCursor json, out CodexTokens tokens)
    {
        string? fault = null;
        Span<long> counts = stackalloc long[Fields];
        counts.Clear();
        json.Enter();
        while (json.NextField(out var name))
        {
            var field = FieldOf(name);
            if (field < 0)
            {
                json.Skip();
                continue;
            }

            long? count = null;
            fault = json.Count(ref count, CountMax) ?? fault;
            counts[field] = count ?? 0;
        }

        tokens = new(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
        return fault;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CodexTokens tokens)
    {
        tokens = default;
        Span<Range> parts = stackalloc Range[Fields + 1];
        if (text.Split(parts, ',') != Fields)
        {
            return false;
        }

        Span<long> counts = stackalloc long[Fields];
        for (var field = 0; field < Fields; field++)
        {
            if (!long.TryParse(text[parts[field]], NumberStyles.None, CultureInfo.InvariantCulture, out counts[field]) || counts[field] > CountMax)
            {
                return false;
            }
        }

        tokens = new(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
        return true;
    }

    /// <summary>The counts with commas, as they stand in keys and checkpoints.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Input},{Cached},{CacheWrite},{Output},{Reasoning},{Total}");

    /// <summary>Writes <see cref="ToString"/> as UTF-8; 120 bytes are always enough.</summary>
    /// <returns>The bytes written.</returns>
    public int WriteTo(Span<byte> text)
    {
        var written = 0;
        ReadOnlySpan<long> counts = [Input, Cached, CacheWrite, Output, Reasoning, Total];
        foreach (var count in counts)
        {
            if (written > 0)
            {
                text[written++] = (byte)',';
            }

            count.TryFormat(text[written..], out var digits, default, CultureInfo.InvariantCulture);
            written += digits;
        }

        return written;
    }

    private static int FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        12 when JsonWord.Is(name, "input_tokens"u8) => 0,
        19 when JsonWord.Is(name, "cached_input_tokens"u8) => 1,
        24 when JsonWord.Is(name, "cache_write_input_tokens"u8) => 2,
        13 when JsonWord.Is(name, "output_tokens"u8) => 3,
        23 when JsonWord.Is(name, "reasoning_output_tokens"u8) => 4,
        12 when JsonWord.Is(name, "total_tokens"u8) => 5,
        _ => -1,
    };
}
