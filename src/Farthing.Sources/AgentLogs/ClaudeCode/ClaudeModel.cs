using System.Globalization;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>What the name of a model and the version of the agent tell about a record.</summary>
internal static class ClaudeModel
{
    /// <summary>The name that Claude Code gives to error texts of its own; no model was called.</summary>
    public const string Synthetic = "<synthetic>";

    // From this version on every line of a response carries the final count of output tokens; before it, lines may hold
    // the placeholder with which a stream begins.
    private const long FirstWithFinalOutput = (((2 * VersionPartMax) + 1) * VersionPartMax) + 97;
    private const long VersionPartMax = 1_000_000;

    /// <summary>The provider whose spelling the name has, as the catalog names it; empty when it is nobody's.</summary>
    public static string ProviderOf(string model)
    {
        if (model.StartsWith("claude-", StringComparison.Ordinal))
        {
            return model.Contains('@', StringComparison.Ordinal) ? "vertex"
                : model.Contains(':', StringComparison.Ordinal) ? "bedrock"
                : "anthropic";
        }

        var isBedrock = model.Contains("anthropic.claude-", StringComparison.Ordinal) || model.StartsWith("arn:aws", StringComparison.Ordinal);
        return isBedrock ? "bedrock" : string.Empty;
    }

    /// <summary>Whether records of this version may hold a placeholder instead of the output count; false for a version of another form.</summary>
    public static bool MayHoldPlaceholder(string version)
    {
        Span<Range> parts = stackalloc Range[4];
        var text = version.AsSpan();
        return text.Split(parts, '.') >= 3
            && TryReadNumber(text[parts[0]], out var major)
            && TryReadNumber(text[parts[1]], out var minor)
            && TryReadNumber(text[parts[2]], out var patch)
            && (((major * VersionPartMax) + minor) * VersionPartMax) + patch < FirstWithFinalOutput;
    }

    // The digits in front, so that 2.1.40-beta is 2.1.40.
    private static bool TryReadNumber(ReadOnlySpan<char> text, out long number)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return long.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < VersionPartMax;
    }
}
