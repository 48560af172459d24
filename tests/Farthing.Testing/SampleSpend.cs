using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Testing;

/// <summary>
/// Two months of invented calls of two agents: several models and projects, estimates and unknown prices, names that try
/// to break a terminal. Always the same.
/// </summary>
public static class SampleSpend
{
    /// <summary>The instant at which reports over the sample are made; a quarter of an hour after its last call.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 17, 14, 20, 0, TimeSpan.Zero);

    private static readonly string[] ClaudeModels = ["claude-opus-4-8", "claude-sonnet-5", "claude-haiku-4-5-20251001", "claude-lab-preview-x1", "<script>[red]"];
    private static readonly string[] CodexModels = ["gpt-5.5", "gpt-5.3-codex"];
    private static readonly string[] Projects = ["/home/dana/src/ledger", "/home/dana/src/storefront", "/srv/agents/nightly-refactoring-of-the-whole-monorepo"];
    private static readonly string[] Branches = ["main", "feat/tax", string.Empty];

    /// <summary>All calls, in order of time.</summary>
    public static IReadOnlyList<(UsageEvent Usage, Rating Rating)> Calls() =>
        [.. Enumerable.Range(0, 260).Select(CallNumber).OrderBy(static call => call.Usage.OccurredAt)];

    /// <summary>One call.</summary>
    /// <param name="at">When.</param>
    /// <param name="model">By which model.</param>
    /// <param name="tokens">What it used.</param>
    /// <param name="status">How sure its price is.</param>
    /// <param name="usd">What it cost.</param>
    /// <param name="agent">By which agent.</param>
    /// <param name="session">In which session.</param>
    /// <param name="project">In which project.</param>
    public static (UsageEvent Usage, Rating Rating) Call(
        DateTimeOffset at, string model, TokenCounts tokens, PricingStatus status = PricingStatus.Exact, string usd = "0.01",
        string agent = "claude", string session = "session-1", string project = "/home/dana/src/ledger")
    {
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, agent, $"{session}{at:O}{model}"),
            OccurredAt = at,
            Dimensions = new() { Agent = agent, Model = model, Project = project, Branch = "main" },
            Session = new(session, "2.1.230", string.Empty),
            Tokens = tokens,
        };
        var cost = Usd.TryParse(usd, out var amount) ? amount : throw new ArgumentException($"'{usd}' is no amount.", nameof(usd));
        return (usage, new(new() { Model = model, Status = status }, new() { Output = cost }));
    }

    private static string SessionKey(int number) => $"{(number + 1) * 2654435761L % 4294967296:x8}-7e11-4a37-8907-14a3cb82{number:d4}";

    private static (UsageEvent Usage, Rating Rating) CallNumber(int number)
    {
        var isCodex = number % 3 == 1;
        var model = isCodex ? CodexModels[number / 3 % CodexModels.Length] : ClaudeModels[number * 7 % 11 % ClaudeModels.Length];
        var status = model switch
        {
            "claude-lab-preview-x1" => PricingStatus.Fallback,
            "<script>[red]" => PricingStatus.Unpriced,
            "gpt-5.5" => PricingStatus.AssumedHost,
            _ => PricingStatus.Exact,
        };
        var tokens = new TokenCounts
        {
            Input = 40 + (number * 37 % 900),
            CacheRead = 9_000 + (number * 7_919 % 80_000),
            CacheWrite5m = isCodex ? 0 : number * 613 % 4_000,
            CacheWrite1h = isCodex ? 0 : number * 211 % 900,
            Output = 90 + (number * 101 % 1_700),
            Reasoning = isCodex ? 30 + (number % 50) : 0,
        };
        var cost = new Usd(status == PricingStatus.Unpriced ? 0 : (tokens.Input * 3_000_001L) + (tokens.CacheRead * 300_003L) + (tokens.Output * 15_000_007L));
        var (usage, rating) = Call(
            Now.AddMinutes(-15).AddHours(-(259 - number) * 5.37), model, tokens, status, cost.ToString(), isCodex ? "codex" : "claude",
            SessionKey((number / 9 * 2) + (isCodex ? 1 : 0)), Projects[number / 5 % Projects.Length]);
        return (usage with { Dimensions = usage.Dimensions with { Branch = Branches[number % Branches.Length] }, WebSearches = number % 40 == 0 ? 1 : 0 }, rating);
    }
}
