namespace Farthing.Domain.Usage;

/// <summary>What a session used of one model, as its client summed it up: sums over many calls, kept as they were sent.</summary>
/// <param name="Model">The model as the client spells it.</param>
/// <param name="InputTokens">Prompt tokens; with some agents the cached ones are among them, see <see cref="ToTokens"/>.</param>
/// <param name="OutputTokens">Generated tokens, reasoning included.</param>
/// <param name="CacheReadTokens">Prompt tokens served from the provider's cache.</param>
/// <param name="CacheCreationTokens">Prompt tokens written to a cache; how long it lives is not told.</param>
public sealed record ModelUsage(string Model, long InputTokens, long OutputTokens, long CacheReadTokens, long CacheCreationTokens)
{
    /// <summary>Adds two sums of one model.</summary>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right) => new(
        left.Model, left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens,
        left.CacheReadTokens + right.CacheReadTokens, left.CacheCreationTokens + right.CacheCreationTokens);

    /// <summary>
    /// The tokens by disjoint classes. Codex and Gemini count cached tokens in with the input, so they are taken off; a
    /// client that reports more cached tokens than input has taken them off itself.
    /// </summary>
    /// <param name="agentType">The agent as its client names it.</param>
    public TokenCounts ToTokens(string agentType) => new()
    {
        Input = HoldsCached(agentType) ? InputTokens - CacheReadTokens : InputTokens,
        CacheRead = CacheReadTokens,
        CacheWrite5m = CacheCreationTokens,
        Output = OutputTokens,
    };

    /// <summary>Whether the input holds the cached tokens too.</summary>
    public bool HoldsCached(string agentType) => SessionAgents.CountsCachedAsInput(agentType) && CacheReadTokens > 0 && CacheReadTokens <= InputTokens;
}

/// <summary>The agents whose clients report whole sessions.</summary>
public static class SessionAgents
{
    /// <summary>The agent of a report that names none.</summary>
    public const string Usual = "claude_code";

    /// <summary>The agent's name as everything else of it bears it: <c>claude</c> for <c>claude_code</c>; one that is not known keeps its own.</summary>
    public static string NameOf(string agentType) => agentType switch
    {
        Usual => "claude",
        "codex_cli" => "codex",
        "gemini_cli" => "gemini",
        _ => agentType,
    };

    /// <summary>Whether the agent's provider counts cached tokens in with the input.</summary>
    public static bool CountsCachedAsInput(string agentType) => NameOf(agentType) is "codex" or "gemini";
}
