namespace Farthing.Domain.Usage;

/// <summary>
/// One distinct combination of dimensions (a series): what spend is grouped and filtered by. A dimension that a source
/// does not tell is empty, never null.
/// </summary>
public sealed record Dimensions
{
    /// <summary>The organisation of the embedded store.</summary>
    public const string LocalOrg = "local";

    /// <summary>The <see cref="Speed"/> of a fast mode.</summary>
    public const string FastSpeed = "fast";

    /// <summary>Whose spend it is; tenants are separated by it.</summary>
    public string Org { get; init; } = LocalOrg;

    /// <summary>The team.</summary>
    public string Team { get; init; } = string.Empty;

    /// <summary>The person.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The project: for local logs the working folder of the agent.</summary>
    public string Project { get; init; } = string.Empty;

    /// <summary>The plan: a unit of agent work.</summary>
    public string Plan { get; init; } = string.Empty;

    /// <summary>The plan's branch if there is one, else the git branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>The coding agent: <c>claude</c>, <c>codex</c>, <c>gemini</c>, <c>opencode</c> …</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>The model pack.</summary>
    public string ModelPack { get; init; } = string.Empty;

    /// <summary>The role of the call within the agent: planner, coder, builder …</summary>
    public string Role { get; init; } = string.Empty;

    /// <summary>Production, staging, a laptop.</summary>
    public string Environment { get; init; } = string.Empty;

    /// <summary>The provider that was called, as the catalog names it; empty when the source does not tell.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The model as the source spells it, never rewritten.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>The speed when it is priced apart: <see cref="FastSpeed"/>; empty otherwise.</summary>
    public string Speed { get; init; } = string.Empty;

    /// <summary>How the call is paid for: metered, subscription, byok …</summary>
    public string BillingMode { get; init; } = string.Empty;

    /// <summary>
    /// The id of the API key that first told the call, as its sender proved it and never as a body says; empty for what was
    /// read from a log or told by the operator.
    /// </summary>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>Whether the customer pays the provider for it: by a subscription, or with a key of their own.</summary>
    public bool IsPaidByCustomer => IsCustomerPaid(BillingMode);

    /// <summary>Whether a <see cref="BillingMode"/> says that the customer pays the provider.</summary>
    public static bool IsCustomerPaid(string billingMode) =>
        string.Equals(billingMode, "byok", StringComparison.OrdinalIgnoreCase) || string.Equals(billingMode, "subscription", StringComparison.OrdinalIgnoreCase);

    /// <summary>The model as reports name it, see <see cref="ReportedModel"/>.</summary>
    public string ReportedModelName => ReportedModel(Model, Speed);

    /// <summary>The model as reports name it: a fast mode is a line of its own, <c>claude-opus-4-8-fast</c>.</summary>
    public static string ReportedModel(string model, string speed) => speed.Length == 0 ? model : $"{model}-{speed}";
}
