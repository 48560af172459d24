using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Workflows.Sessions;

namespace Farthing.Demo;

/// <summary>A version of Claude Code.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="BreaksCache">Whether its prompts often begin anew.</param>
internal sealed record DemoVersion(string Name, bool BreaksCache);

/// <summary>
/// One invented session of somebody of the demo: its calls, whose prompts grow and mostly come from the cache, and what its
/// client says of it. Calls miss the cache for the reasons that real ones do: pauses, other models, compaction, new prefixes.
/// </summary>
internal sealed class DemoSession
{
    private const int CompactedAt = 150_000;
    private const int PromptMin = 14_000;
    private const int CodexBlock = 128;
    private const int PrefixPercent = 2;

    private const int BrokenPrefixPercent = 9;
    private const int SwitchPercent = 2;
    private const int ReportedPercent = 88;

    private static readonly string[] Branches = ["main", "main", "feat/invoices", "feat/search", "fix/time-zones"];
    private static readonly (string Kind, bool IsSmall)[] Kinds =
        [("feature_delivery", false), ("feature_delivery", false), ("debugging", false), ("refactoring", false), ("documentation", true), ("code_review", true)];
    private static readonly string[] Frictions = ["misunderstood_request", "wrong_approach", "tool_failed"];

    private readonly DemoPerson person;
    private readonly bool isCodex;
    private readonly bool isFast;
    private readonly bool isUncached;
    private readonly string key;
    private readonly string version;
    private readonly Dimensions dimensions;
    private readonly List<UsageEvent> calls = [];
    private Dice dice;

    /// <summary>Makes it up.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="end">Before when its last call is made.</param>
    /// <param name="claude">The Claude Code of the day.</param>
    /// <param name="dice">Decides.</param>
    public DemoSession(DemoPerson person, DateTimeOffset start, DateTimeOffset end, DemoVersion claude, Dice dice)
    {
        (this.person, this.dice) = (person, dice);
        isCodex = this.dice.Happens(person.OthersPercent);
        var model = this.dice.One(isCodex ? person.Others : person.Claude);
        isFast = DemoPerson.CanBeFast(model) && this.dice.Happens(person.FastPercent);
        isUncached = this.dice.Happens(person.UncachedPercent);
        key = this.dice.Uuid();
        this.version = isCodex ? "0.142.0" : claude.Name;
        dimensions = new()
        {
            Team = person.Team.Id,
            User = person.Id,
            Project = this.dice.One(person.Team.Projects),
            Branch = this.dice.One(Branches),
            Agent = isCodex ? "codex" : "claude",
            Provider = isCodex ? "openai" : "anthropic",
            Model = model,
            BillingMode = this.dice.Happens(person.ByApiPercent) ? "api_key" : person.Mode,
        };
        MakeCalls(start, end, claude.BreaksCache ? BrokenPrefixPercent : PrefixPercent);
        Report = calls.Count > 0 && this.dice.Happens(ReportedPercent) ? MakeReport() : null;
    }

    /// <summary>Its calls in order of time; none when it would begin after its end.</summary>
    public IReadOnlyList<UsageEvent> Calls => calls;

    /// <summary>What its client says of it; null when the client says nothing.</summary>
    public SessionReport? Report { get; }

    private void MakeCalls(DateTimeOffset start, DateTimeOffset end, int prefixPercent)
    {
        var (at, context, cached, model) = (start, PromptMin + dice.Roll(9_000), 0, dimensions.Model);
        for (var left = 3 + dice.Roll(person.CallsMax); left > 0 && at < end; left--)
        {
            var output = 80 + dice.Roll(1_900);
            calls.Add(isCodex ? CodexCall(at, context, output) : ClaudeCall(at, model, context, cached, output));
            cached = context;
            context += output + 300 + dice.Roll(3_500);
            if (context > CompactedAt)
            {
                (context, cached) = (PromptMin + dice.Roll(9_000), 0);
            }

            var isPause = dice.Happens(person.PausePercent);
            at = at.AddSeconds(isPause ? 360 + dice.Roll(1_500) : 15 + dice.Roll(160));
            if ((isPause && !person.KeepsHours) || dice.Happens(prefixPercent))
            {
                cached = 0;
            }

            if (!isCodex && dice.Happens(SwitchPercent) && dice.One(person.Claude) is var other && other != model)
            {
                (model, cached) = (other, 0);
            }
        }
    }

    private UsageEvent ClaudeCall(DateTimeOffset at, string model, int context, int cached, int output)
    {
        var (written, rest) = (context - cached, 3 + dice.Roll(40));
        var fast = isFast && DemoPerson.CanBeFast(model);
        var tokens = isUncached
            ? new TokenCounts { Input = context, Output = output }
            : new() { Input = rest, CacheRead = cached, CacheWrite5m = person.KeepsHours ? 0 : written, CacheWrite1h = person.KeepsHours ? written : 0, Output = output };
        return Call(at, tokens) with
        {
            Dimensions = dimensions with { Model = model, Speed = fast ? Dimensions.FastSpeed : string.Empty },
            Terms = CallTerms.Standard with { Fast = fast },
        };
    }

    // Its provider finds most of a prompt, in whole blocks, and does not say what it keeps.
    private UsageEvent CodexCall(DateTimeOffset at, int context, int output)
    {
        var found = calls.Count == 0 ? 0 : context / CodexBlock * (CodexBlock - 8);
        return Call(at, new() { Input = context - found, CacheRead = found, Output = output, Reasoning = output / 3 });
    }

    private UsageEvent Call(DateTimeOffset at, TokenCounts tokens) => new()
    {
        Id = EventId.Create(at, dimensions.Org, EventId.ReportedFamily, string.Create(CultureInfo.InvariantCulture, $"{key}-{calls.Count}")),
        OccurredAt = at,
        Dimensions = dimensions,
        Session = new(key, version, string.Empty),
        Tokens = tokens,
        DurationMilliseconds = 900 + (tokens.Output * 14L) + dice.Roll(4_000),
    };

    private SessionReport MakeReport()
    {
        var (kind, isSmall) = dice.One(Kinds);
        var succeeded = dice.Happens(DemoPerson.SuccessPercent(dimensions.Model, isSmall));
        var (first, last) = (calls[0].OccurredAt, calls[^1].OccurredAt);
        return new()
        {
            SessionId = key,
            EngineerId = person.Id,
            TeamId = person.Team.Id,
            AgentType = isCodex ? "codex_cli" : SessionAgents.Usual,
            AgentVersion = version,
            ProjectPath = dimensions.Project,
            ProjectName = dimensions.Project.Split('/')[^1],
            Branch = dimensions.Branch,
            StartedAt = first,
            EndedAt = last,
            DurationMilliseconds = (long)(last - first).TotalMilliseconds,
            Counts = new() { Messages = 2 * calls.Count, UserMessages = 1 + (calls.Count / 4), AssistantMessages = calls.Count, ToolCalls = calls.Count * 2 / 3 },
            PrimaryModel = dimensions.Model,
            BillingMode = dimensions.BillingMode,
            Outcome = succeeded ? "success" : dice.Happens(60) ? "partial" : "failure",
            WorkflowArchetype = kind,
            FrictionCounts = succeeded ? null : new Dictionary<string, long>(StringComparer.Ordinal) { [dice.One(Frictions)] = 1 + dice.Roll(3) },
        };
    }
}
