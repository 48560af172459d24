using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.ClaudeCode;

/// <summary>Turns the lines of one transcript into calls, copies merged.</summary>
internal sealed class ClaudeCalls(LogContext context, LogWarnings warnings)
{
    private readonly SharedValues shared = SharedValues.OfThisThread;
    private readonly List<UsageEvent> events = [];
    private readonly Dictionary<long, int> places = [];
    private readonly RecentBytes recentMessage = new();
    private readonly RecentBytes recentRequest = new();
    private int recentPlace;
    private long recentRequestAlias;
    private string? pathProject;
    private string? pathSession;
    private string recentVersion = string.Empty;
    private bool mayHoldPlaceholder;

    /// <summary>The calls in the order of their first lines.</summary>
    public IReadOnlyList<UsageEvent> Events => events;

    /// <summary>Adds the call that a line records, if it records one.</summary>
    public void Add(ReadOnlySpan<byte> text, long line)
    {
        var record = ClaudeLine.Read(text);
        if (record.IsMalformed)
        {
            warnings.Add(line, "malformed JSON");
            return;
        }

        if (!record.IsCall)
        {
            return;
        }

        var model = shared.Text(record.Model);
        if (string.Equals(model, ClaudeModel.Synthetic, StringComparison.Ordinal))
        {
            return;
        }

        if (record.Usage.Fault is { } fault)
        {
            warnings.Add(line, fault);
        }
        else if (record.Key.IsEmpty)
        {
            warnings.Add(line, "neither message id nor uuid");
        }
        else if (!EventTime.TryParse(record.Timestamp, out var at, out var reason))
        {
            warnings.Add(line, reason);
        }
        else
        {
            Add(ref record, new(model, at, line));
        }
    }

    private void Add(scoped ref ClaudeLine record, CallPlace place)
    {
        var usage = record.Usage;
        if (usage.LacksInput || usage.LacksOutput)
        {
            warnings.Add(place.Line, usage.LacksInput ? "no input_tokens; counted as 0" : "no output_tokens; counted as 0");
        }

        var iterations = usage.Iterations.IsEmpty ? null : ClaudeIterations.Read(usage.Iterations, shared, place, warnings);
        if (iterations is null)
        {
            Keep(ref record, place, usage.Tokens, suffix: string.Empty, WebSearches(ref usage, place));
            return;
        }

        var searchesOfAll = WebSearches(ref usage, place);
        foreach (var iteration in iterations)
        {
            var searches = iteration.IsMain ? searchesOfAll : 0;
            Keep(ref record, place with { Model = iteration.Model }, iteration.Tokens, iteration.Suffix, searches);
        }
    }

    // A copy that cannot change what is known is most common and must cost nothing.
    private void Keep(scoped ref ClaudeLine record, CallPlace place, TokenCounts tokens, string suffix, int searches)
    {
        if (suffix.Length == 0 && recentMessage.Is(record.Key))
        {
            var known = events[recentPlace];
            if (MayChange(known, ref record, tokens, place))
            {
                var copy = Build(ref record, place, tokens, searches, EventTime.Move(known.Id, place.At), suffix);
                events[recentPlace] = Revision.Merge(known, copy);
            }

            return;
        }

        var id = suffix.Length == 0
            ? EventId.Create(place.At, context.Org, ClaudeCodeLog.Agent, SharedValues.Utf8(record.Key))
            : EventId.Create(place.At, context.Org, ClaudeCodeLog.Agent, SharedValues.Decode(record.Key) + suffix);
        var call = Build(ref record, place, tokens, searches, id, suffix);
        if (places.TryGetValue(id.Alias, out var index))
        {
            events[index] = Revision.Merge(events[index], call);
        }
        else
        {
            index = events.Count;
            places.Add(id.Alias, index);
            events.Add(call);
        }

        if (suffix.Length == 0)
        {
            recentMessage.Set(record.Key);
            recentPlace = index;
        }
    }

    private bool MayChange(UsageEvent known, scoped ref ClaudeLine record, TokenCounts tokens, CallPlace place)
    {
        var knownIsSidechain = known.Quality.HasFlag(EventQuality.Sidechain);
        var isBetter = knownIsSidechain == record.IsSidechain
            ? tokens.Total > known.Tokens.Total
            : knownIsSidechain;
        return isBetter || place.At < known.OccurredAt
            || (place.At == known.OccurredAt && !string.Equals(SessionKey(ref record), known.Session.Key, StringComparison.Ordinal));
    }

    private UsageEvent Build(
        scoped ref ClaudeLine record, CallPlace place, TokenCounts tokens, int searches, EventId id, string suffix)
    {
        var version = shared.Text(record.Version);
        var isMain = suffix.Length == 0;
        var project = record.Cwd.IsEmpty ? pathProject ??= ClaudePath.ProjectOf(context.Path) : shared.Text(record.Cwd);
        var terms = ClaudeTerms.Of(record.Usage, shared, place.Line, warnings);
        return new()
        {
            Id = id,
            OccurredAt = place.At,
            Dimensions = shared.Series(
                context.Org, ClaudeCodeLog.Agent, project, shared.Text(record.GitBranch), ClaudeModel.ProviderOf(place.Model), place.Model,
                terms.Fast ? Dimensions.FastSpeed : string.Empty),
            Session = shared.Session(SessionKey(ref record), version, parent: string.Empty),
            Tokens = tokens,
            Terms = terms,
            WebSearches = searches,
            ReportedCost = isMain ? ReportedCost(record.Cost, place.Line) : null,
            Quality = Quality(ref record, version),
            HasVaryingTime = true,
            RequestAlias = isMain ? RequestAlias(record.RequestId) : null,
            Line = place.Line,
        };
    }

    private string SessionKey(scoped ref ClaudeLine record) =>
        record.SessionId.IsEmpty ? pathSession ??= ClaudePath.SessionOf(context.Path) : shared.Text(record.SessionId);

    private EventQuality Quality(scoped ref ClaudeLine record, string version)
    {
        if (!ReferenceEquals(version, recentVersion))
        {
            recentVersion = version;
            mayHoldPlaceholder = ClaudeModel.MayHoldPlaceholder(version);
        }

        return (record.IsSidechain ? EventQuality.Sidechain : EventQuality.Good)
            | (mayHoldPlaceholder || record.Usage.LacksOutput ? EventQuality.OutputLowerBound : EventQuality.Good);
    }

    private long? RequestAlias(ReadOnlySpan<byte> requestId)
    {
        if (requestId.IsEmpty)
        {
            return null;
        }

        if (!recentRequest.Is(requestId))
        {
            recentRequest.Set(requestId);
            recentRequestAlias = EventId.AliasOf(context.Org, ClaudeCodeLog.Agent, SharedValues.Utf8(requestId));
        }

        return recentRequestAlias;
    }

    private int WebSearches(scoped ref ClaudeUsage usage, CallPlace place)
    {
        if (usage.WebSearches >= 0)
        {
            return usage.WebSearches;
        }

        warnings.Add(place.Line, "bad count of web searches; counted as 0");
        return 0;
    }

    private Usd? ReportedCost(ReadOnlySpan<byte> number, long line)
    {
        if (number.IsEmpty)
        {
            return null;
        }

        if (ExactCost.TryParse(number, out var cost))
        {
            return cost;
        }

        warnings.Add(line, "costUSD out of range; ignored");
        return null;
    }
}

/// <summary>Which model was called, when, and where that is written.</summary>
/// <param name="Model">The model as the log spells it.</param>
/// <param name="At">When the record was written.</param>
/// <param name="Line">The line of the record, 1-based.</param>
internal readonly record struct CallPlace(string Model, DateTimeOffset At, long Line);
