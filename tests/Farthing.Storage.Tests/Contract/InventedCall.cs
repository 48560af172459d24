using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Contract;

/// <summary>An invented record of a call, described by what the tests vary; everything else follows from it.</summary>
public sealed record InventedCall
{
    private static readonly Dictionary<(string Model, PricingStatus Status), RateCard> Cards = [];

    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public string Key { get; init; } = "msg_1";

    public DateTimeOffset At { get; init; } = Noon;

    public long Input { get; init; } = 10;

    public long Output { get; init; } = 100;

    public string Session { get; init; } = "session-1";

    public string Org { get; init; } = Dimensions.LocalOrg;

    public string Agent { get; init; } = "claude";

    /// <summary>The source family; null for the agent.</summary>
    public string? Family { get; init; }

    public string Project { get; init; } = "/srv/ledger";

    public string Branch { get; init; } = "main";

    public string Model { get; init; } = "model-a";

    public string Team { get; init; } = string.Empty;

    public string User { get; init; } = string.Empty;

    public string BillingMode { get; init; } = string.Empty;

    public string ApiKey { get; init; } = string.Empty;

    public string Provider { get; init; } = "invented";

    public string Version { get; init; } = "1.0.0";

    public string Plan { get; init; } = string.Empty;

    public string Role { get; init; } = string.Empty;

    public EventQuality Quality { get; init; }

    public bool VaryingTime { get; init; } = true;

    public string? Request { get; init; }

    public string File { get; init; } = "/logs/a.jsonl";

    public long Line { get; init; } = 1;

    public string Run { get; init; } = string.Empty;

    public long? Duration { get; init; }

    public PricingStatus Status { get; init; }

    public Usd? Cost { get; init; }

    public RatedEvent Rated()
    {
        var usage = new UsageEvent
        {
            Id = EventId.Create(At, Org, Family ?? Agent, Key),
            OccurredAt = At,
            Dimensions = new()
            {
                Org = Org, Team = Team, User = User, Agent = Agent, Project = Project, Branch = Branch, Model = Model, Provider = Provider,
                Plan = Plan, Role = Role, BillingMode = BillingMode, ApiKey = ApiKey,
            },
            Session = new(Session, Version, string.Empty),
            Tokens = new() { Input = Input, CacheRead = Input * 2, Output = Output },
            Quality = Quality,
            HasVaryingTime = VaryingTime,
            RequestAlias = Request is null ? null : EventId.AliasOf(Org, Agent, Request),
            Line = Line,
            Run = Run,
            DurationMilliseconds = Duration,
        };
        var cost = Cost is { } given
            ? new CostByClass { Output = given }
            : new CostByClass { Input = new(Input * 3_000_000), CacheRead = new(Input * 600_000), Output = new(Output * 15_000_000) };
        return new(usage, new(CardOf(Model, Status), cost), File);
    }

    private static RateCard CardOf(string model, PricingStatus status)
    {
        lock (Cards)
        {
            return Cards.TryGetValue((model, status), out var card)
                ? card
                : Cards[(model, status)] = new()
                {
                    Model = model,
                    Status = status,
                    Source = "invented",
                    [TokenClass.Input] = new(3_000_000_000),
                    [TokenClass.CacheRead] = new(300_000_123),
                    [TokenClass.Output] = new(15_000_000_000),
                };
        }
    }
}
