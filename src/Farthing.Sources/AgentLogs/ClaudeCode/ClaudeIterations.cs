using Farthing.Domain.Usage;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>One of the model calls that the server made for a single response.</summary>
/// <param name="Tokens">Its own tokens.</param>
/// <param name="Model">Its own model.</param>
/// <param name="Suffix">What distinguishes its identity from that of the response; empty for the main one.</param>
internal readonly record struct ClaudeIteration(TokenCounts Tokens, string Model, string Suffix)
{
    /// <summary>Whether it is the call whose tokens the response's own usage shows.</summary>
    public bool IsMain => Suffix.Length == 0;
}

/// <summary>
/// Reads <c>usage.iterations</c>: the server compacts the context, asks an advisor or falls back to another model, and
/// bills each step. The response's own usage leaves such steps out, so it does not count beside the list.
/// </summary>
internal static class ClaudeIterations
{
    /// <summary>Reads the list; null when it holds nothing.</summary>
    /// <remarks>
    /// The main iteration takes the plain identity of the response: earlier lines of the same response may show its
    /// usage without the list, and must meet it there, not a compaction.
    /// </remarks>
    public static IReadOnlyList<ClaudeIteration>? Read(
        ReadOnlySpan<byte> list, SharedValues shared, CallPlace place, LogWarnings warnings)
    {
        var iterations = new List<ClaudeIteration>();
        var (main, index) = (-1, 0);
        var json = new JsonCursor(list);
        json.EnterArray();
        for (; json.NextElement(); index++)
        {
            if (json.Peek != '{')
            {
                json.Skip();
                warnings.Add(place.Line, "an iteration is not an object");
                continue;
            }

            var usage = ClaudeUsage.Read(ref json);
            if (usage.Fault is { } fault)
            {
                warnings.Add(place.Line, fault);
                continue;
            }

            var model = usage.Model.IsEmpty ? place.Model : shared.Text(usage.Model);
            var isMessage = usage.Type.IsEmpty || JsonWord.Is(usage.Type, "message"u8);
            main = isMessage && string.Equals(model, place.Model, StringComparison.Ordinal) ? iterations.Count : main;
            iterations.Add(new(usage.Tokens, model, $"#{index}"));
        }

        if (iterations.Count == 0)
        {
            return null;
        }

        main = Math.Max(main, 0);
        iterations[main] = iterations[main] with { Suffix = string.Empty };
        return iterations;
    }
}
