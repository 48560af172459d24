namespace Farthing.Web.Api.Usage;

/// <summary>The members of an event on the wire.</summary>
internal enum UsageField
{
    /// <summary>None of them.</summary>
    Unknown,
    Id,
    OccurredAt,
    Provider,
    Model,
    InputTokens,
    CacheReadTokens,
    CacheWrite5mTokens,
    CacheWrite1hTokens,
    OutputTokens,
    ReasoningTokens,
    WebSearches,
    ServiceTier,
    Fast,
    Geo,
    DurationMs,
    Outcome,
    Session,
    Run,
    RequestId,
    Team,
    User,
    Project,
    Plan,
    Branch,
    Agent,
    AgentVersion,
    ModelPack,
    Role,
    Environment,
    BillingMode,
    ReportedCostUsd,
}

/// <summary>How members are spelled.</summary>
internal static class UsageFieldName
{
    private static readonly string[] Names =
    [
        "", "id", "occurred_at", "provider", "model", "input_tokens", "cache_read_tokens", "cache_write_5m_tokens",
        "cache_write_1h_tokens", "output_tokens", "reasoning_tokens", "web_searches", "service_tier", "fast", "geo", "duration_ms", "outcome",
        "session", "run", "request_id", "team", "user", "project", "plan", "branch", "agent", "agent_version", "model_pack", "role", "environment",
        "billing_mode", "reported_cost_usd",
    ];

    /// <summary>The members by the length of their names: a handful each.</summary>
    private static readonly (byte[] Name, UsageField Field)[][] ByLength =
    [
        .. Enumerable.Range(0, Names.Max(static name => name.Length) + 1).Select(static length =>
            Enum.GetValues<UsageField>()
                .Where(field => field != UsageField.Unknown && Of(field).Length == length)
                .Select(static field => (System.Text.Encoding.ASCII.GetBytes(Of(field)), field))
                .ToArray()),
    ];

    /// <summary>The name of a member.</summary>
    public static string Of(UsageField field) => Names[(int)field];

    /// <summary>The member of a name.</summary>
    public static UsageField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (name.SequenceEqual(known.Name))
                {
                    return known.Field;
                }
            }
        }

        return UsageField.Unknown;
    }
}
