using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Web.Api.Usage;

/// <summary>The members of one event as they were read, before they make an event. Reused from event to event.</summary>
internal sealed class UsageDraft
{
    private static readonly int TextFields = Enum.GetValues<UsageField>().Length;

    private static readonly Problem NoId = Missing(UsageField.Id, "Every event needs the 'id' that its sender knows it by, so that it is counted once.");
    private static readonly Problem NoModel = Missing(UsageField.Model, "Every event needs the 'model' that answered; without it there is no price.");

    private static readonly Problem TooMuchReasoning = OutOfRange(UsageField.ReasoningTokens, "'reasoning_tokens' are a part of 'output_tokens' and cannot be more.");
    private static readonly Problem TooOld = OutOfRange(UsageField.OccurredAt, "The event is from before 2020.") with { Code = "too_old" };

    private static readonly Problem InFuture =
        OutOfRange(UsageField.OccurredAt, "The event is more than five minutes in the future; set the clock of its sender.") with { Code = "in_future" };

    private readonly string[] texts = new string[TextFields];
    private readonly long[] counts = new long[TextFields];
    private ulong seen;

    /// <summary>The sender's key of the event; empty while it is not known.</summary>
    public string Id => texts[(int)UsageField.Id];

    /// <summary>When it happened; null when the sender does not tell.</summary>
    public DateTimeOffset? OccurredAt { get; set; }

    /// <summary>The price class.</summary>
    public ServiceTier Tier { get; set; }

    /// <summary>Whether a fast mode ran.</summary>
    public bool Fast { get; set; }

    /// <summary>Whether the call failed.</summary>
    public bool HasFailed { get; set; }

    /// <summary>What the sender was told that it costs.</summary>
    public Usd? ReportedCost { get; set; }

    /// <summary>Sets a text.</summary>
    public void Set(UsageField field, string text) => texts[(int)field] = text;

    /// <summary>Sets a count.</summary>
    public void Set(UsageField field, long count) => counts[(int)field] = count;

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        Array.Fill(texts, string.Empty);
        Array.Clear(counts);
        seen = 0;
        (OccurredAt, Tier, Fast, HasFailed, ReportedCost) = (null, ServiceTier.Standard, false, false, null);
    }

    /// <summary>Notes that a member stands there; false when it did before.</summary>
    public bool TrySee(UsageField field)
    {
        var bit = 1UL << (int)field;
        var isNew = (seen & bit) == 0;
        seen |= bit;
        return isNew;
    }

    /// <summary>The event, or why there is none.</summary>
    /// <param name="caller">Who reports it.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="shared">Makes equal values one instance.</param>
    public Result<UsageEvent> ToEvent(Caller caller, DateTimeOffset now, SharedTexts shared)
    {
        var at = OccurredAt ?? now;
        if (Refusal(at, now) is { } refusal)
        {
            return refusal;
        }

        var whose = ReportRules.WhoseUsage(caller, texts[(int)UsageField.User], texts[(int)UsageField.Team]);
        if (!whose.Succeeded)
        {
            return whose.Problem!;
        }

        if (texts[(int)UsageField.Run].Length > 0 && ReportRules.RefusalOfRun(caller) is { } noRun)
        {
            return noRun;
        }

        var (agent, request) = (texts[(int)UsageField.Agent], texts[(int)UsageField.RequestId]);
        return new UsageEvent
        {
            Id = EventId.Create(at, caller.Org, EventId.ReportedFamily, Id),
            OccurredAt = at,
            Dimensions = shared.Series(DimensionsOf(caller, whose.Value)),
            Session = shared.Session(texts[(int)UsageField.Session], texts[(int)UsageField.AgentVersion]),
            Tokens = Tokens(),
            Terms = new(Tier, Fast, texts[(int)UsageField.Geo]),
            WebSearches = (int)counts[(int)UsageField.WebSearches],
            ReportedCost = ReportedCost,
            // Whoever sends no time sends another one when it sends the event again.
            Quality = HasFailed ? EventQuality.Failed : EventQuality.Good,
            HasVaryingTime = OccurredAt is null,
            // Under the agent's name, as the agent's own logs file it.
            RequestAlias = request.Length > 0 ? EventId.AliasOf(caller.Org, agent, request) : null,
            Run = texts[(int)UsageField.Run],
            DurationMilliseconds = Has(UsageField.DurationMs) ? counts[(int)UsageField.DurationMs] : null,
        };
    }

    private Problem? Refusal(DateTimeOffset at, DateTimeOffset now)
    {
        if (Id.Length == 0)
        {
            return NoId;
        }

        if (texts[(int)UsageField.Model].Length == 0)
        {
            return NoModel;
        }

        if (counts[(int)UsageField.ReasoningTokens] > counts[(int)UsageField.OutputTokens])
        {
            return TooMuchReasoning;
        }

        return at < UsageRules.Earliest ? TooOld : at > now + UsageRules.FutureMax ? InFuture : null;
    }

    private Dimensions DimensionsOf(Caller caller, Reported whose) => new()
    {
        Org = caller.Org,
        Team = whose.Team,
        User = whose.User,
        Project = texts[(int)UsageField.Project],
        Plan = texts[(int)UsageField.Plan],
        Branch = texts[(int)UsageField.Branch],
        Agent = texts[(int)UsageField.Agent],
        ModelPack = texts[(int)UsageField.ModelPack],
        Role = texts[(int)UsageField.Role],
        Environment = texts[(int)UsageField.Environment],
        Provider = texts[(int)UsageField.Provider],
        Model = texts[(int)UsageField.Model],
        Speed = Fast ? Dimensions.FastSpeed : string.Empty,
        BillingMode = texts[(int)UsageField.BillingMode],
        ApiKey = caller.KeyId,
    };

    private TokenCounts Tokens() => new()
    {
        Input = counts[(int)UsageField.InputTokens],
        CacheRead = counts[(int)UsageField.CacheReadTokens],
        CacheWrite5m = counts[(int)UsageField.CacheWrite5mTokens],
        CacheWrite1h = counts[(int)UsageField.CacheWrite1hTokens],
        Output = counts[(int)UsageField.OutputTokens],
        Reasoning = counts[(int)UsageField.ReasoningTokens],
    };

    private bool Has(UsageField field) => (seen & (1UL << (int)field)) != 0;

    private static Problem Missing(UsageField field, string detail) => new(ProblemKind.Invalid, "missing_field", detail, UsageFieldName.Of(field));

    private static Problem OutOfRange(UsageField field, string detail) => new(ProblemKind.Invalid, "out_of_range", detail, UsageFieldName.Of(field));
}
