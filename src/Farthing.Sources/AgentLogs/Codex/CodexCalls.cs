using System.Text;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>Turns the lines of one rollout into calls.</summary>
internal sealed class CodexCalls : IDisposable
{
    // What early versions ran on, before rollouts named the model.
    private const string ModelAssumed = "gpt-5";
    private const string ProviderAssumed = "openai";
    private const int ThreadIdLength = 36;
    private const int KeyBytesMax = 256;
    private const int TotalBytesMax = 128;

    private readonly SharedValues shared = SharedValues.OfThisThread;
    private readonly LogContext context;
    private readonly JsonLines lines;
    private readonly List<UsageEvent> events = [];
    private CodexThread thread;
    private CodexReplay replay;

    // A call that may still turn out to be the parent's, and where to begin again when the file ends before that is known.
    private UsageEvent? undecided;
    private LogCheckpoint? beforeUndecided;

    public CodexCalls(LogContext context, JsonLines lines)
    {
        this.context = context;
        this.lines = lines;
        thread = Resume(context, lines.Warnings);
        replay = new(thread, context.OpenSession);
    }

    /// <summary>The calls in the order of their lines.</summary>
    public IReadOnlyList<UsageEvent> Events => events;

    /// <summary>Where to go on when the file has grown.</summary>
    public LogCheckpoint Next() => beforeUndecided ?? lines.After(thread.ToText());

    /// <summary>Adds what the current line tells.</summary>
    public void Add(CodexLine line)
    {
        switch (line.Record)
        {
            case CodexRecord.Malformed:
                lines.Warnings.Add(lines.Line, "malformed JSON");
                break;
            case CodexRecord.SessionMeta:
                Name(line);
                break;
            case CodexRecord.TurnContext:
                thread.Model = line.Model.IsEmpty ? thread.Model : shared.Text(line.Model);
                thread.Cwd = line.Cwd.IsEmpty ? thread.Cwd : shared.Text(line.Cwd);
                break;
            case CodexRecord.TokenCount when line.Fault is { } fault:
                lines.Warnings.Add(lines.Line, fault);
                break;
            case CodexRecord.TokenCount when (line.Total ?? line.Last) is not null:
                Count(line);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => replay.Dispose();

    private static CodexThread Resume(LogContext context, LogWarnings warnings)
    {
        if (context.From.State.Length > 0)
        {
            if (CodexThread.FromText(context.From.State) is { } thread)
            {
                return thread;
            }

            warnings.Add(0, "the position does not tell what was read before it");
        }

        var name = Path.GetFileNameWithoutExtension(context.Path);
        return new() { Id = name.Length > ThreadIdLength ? name[^ThreadIdLength..] : name };
    }

    // The first record names the thread; a fork has its parent's record behind its own.
    private void Name(CodexLine line)
    {
        if (thread.IsNamed)
        {
            return;
        }

        var parent = shared.Text(line.Parent);
        thread = thread with
        {
            Id = line.Thread.IsEmpty ? thread.Id : shared.Text(line.Thread),
            IsNamed = true,
            Parent = parent,
            Created = IsoTime.TryParse(line.Created, out var created) || IsoTime.TryParse(line.Timestamp, out created) ? created : null,
            Cwd = shared.Text(line.Cwd),
            Branch = shared.Text(line.Branch),
            Version = shared.Text(line.Version),
            Provider = shared.Text(line.Provider),
            Replay = parent.Length > 0 ? ReplayPhase.Comparing : ReplayPhase.Over,
        };
        replay = new(thread, context.OpenSession);
    }

    private void Count(CodexLine line)
    {
        var earlier = thread.Latest ?? default;
        var total = line.Total ?? (earlier + line.Last!.Value);
        if (total == thread.Latest)
        {
            return;
        }

        var inTime = EventTime.TryParse(line.Timestamp, out var at, out var reason);
        var verdict = replay.Judge(total, inTime ? at : null);
        if (verdict == ReplayVerdict.Undecided)
        {
            beforeUndecided = lines.Before((thread with { Replayed = 0 }).ToText());
        }
        else
        {
            Decide(verdict);
        }

        if (verdict != ReplayVerdict.Replayed && !inTime)
        {
            lines.Warnings.Add(lines.Line, reason!);
            return;
        }

        thread.Latest = total;
        var used = line.Last ?? total.Since(earlier);
        if (verdict != ReplayVerdict.Replayed && used.Input + used.Output > 0)
        {
            var call = Build(line.Model, total, used, at);
            undecided = verdict == ReplayVerdict.Undecided ? call : null;
            if (verdict == ReplayVerdict.Own)
            {
                events.Add(call);
            }
        }
    }

    // The thread and its total: no other call of the thread has it, and every copy of the file does.
    private EventId Identify(CodexTokens total, DateTimeOffset at)
    {
        Span<byte> key = stackalloc byte[KeyBytesMax];
        if (!Encoding.UTF8.TryGetBytes(thread.Id, key[..^TotalBytesMax], out var length))
        {
            return EventId.Create(at, context.Org, CodexLog.Agent, $"{thread.Id}|{total.ToString()}");
        }

        key[length++] = (byte)'|';
        length += total.WriteTo(key[length..]);
        return EventId.Create(at, context.Org, CodexLog.Agent, key[..length]);
    }

    private void Decide(ReplayVerdict verdict)
    {
        if (verdict == ReplayVerdict.Own && undecided is not null)
        {
            events.Add(undecided);
        }

        (undecided, beforeUndecided) = (null, null);
    }

    private UsageEvent Build(ReadOnlySpan<byte> modelOfCount, CodexTokens total, CodexTokens used, DateTimeOffset at)
    {
        var model = thread.Model.Length > 0 ? thread.Model : shared.Text(modelOfCount);
        var isAssumed = model.Length == 0;
        return new()
        {
            Id = Identify(total, at),
            OccurredAt = at,
            Dimensions = shared.Series(
                context.Org, CodexLog.Agent, thread.Cwd, thread.Branch,
                thread.Provider.Length > 0 ? thread.Provider : ProviderAssumed, isAssumed ? ModelAssumed : model),
            Session = shared.Session(thread.Id, thread.Version, thread.Parent),
            Tokens = used.Classes,
            Quality = (used.Fits ? EventQuality.Good : EventQuality.ClassesInferred)
                | (isAssumed ? EventQuality.ModelAssumed : EventQuality.Good),
            Line = lines.Line,
        };
    }
}
