using Farthing.Workflows.Metering;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>What a total at the beginning of a thread is.</summary>
internal enum ReplayVerdict
{
    /// <summary>The thread's own.</summary>
    Own,

    /// <summary>The parent's, written again.</summary>
    Replayed,

    /// <summary>Equal to the parent's first one; the next total will tell whether that is chance.</summary>
    Undecided,
}

/// <summary>
/// Forks and subagents begin with their parent's events written again under the time of their creation. They are found
/// by comparing totals with the parent's, and by their time when the parent is gone.
/// </summary>
internal sealed class CodexReplay(CodexThread thread, Func<string, Stream?> openSession) : IDisposable
{
    // Alone, one equal total may be chance.
    private const int ReplayedMin = 2;

    // No thread has more totals; only a broken checkpoint says so.
    private const int ReplayedMax = 1 << 30;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private ParentTotals? parent;

    /// <summary>Judges the next distinct total of the thread.</summary>
    /// <param name="total">The total.</param>
    /// <param name="at">When it was written; null when that cannot be read.</param>
    public ReplayVerdict Judge(CodexTokens total, DateTimeOffset? at)
    {
        if (thread.Replay == ReplayPhase.Comparing && parent is null)
        {
            OpenParent();
        }

        return thread.Replay switch
        {
            ReplayPhase.Comparing => Compare(total, at),
            ReplayPhase.Window when IsInWindow(at) => ReplayVerdict.Replayed,
            _ => End(),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => parent?.Dispose();

    private ReplayVerdict Compare(CodexTokens total, DateTimeOffset? at)
    {
        if (parent!.Next() != total)
        {
            return End();
        }

        thread.Replayed = Math.Min(thread.Replayed, ReplayedMax) + 1;
        return thread.Replayed >= ReplayedMin || IsInWindow(at) ? ReplayVerdict.Replayed : ReplayVerdict.Undecided;
    }

    private ReplayVerdict End()
    {
        thread.Replay = ReplayPhase.Over;
        parent?.Dispose();
        parent = null;
        return ReplayVerdict.Own;
    }

    private bool IsInWindow(DateTimeOffset? at) => at is { } time && thread.Created is { } created && (time - created).Duration() <= Window;

    private void OpenParent()
    {
        if (thread.Parent != thread.Id && openSession(thread.Parent) is { } content)
        {
            parent = new(content);
            for (var passed = 0; passed < thread.Replayed && parent.Next() is not null; passed++)
            {
                // What was compared before the checkpoint is passed over.
            }
        }
        else
        {
            thread.Replay = ReplayPhase.Window;
        }
    }

    /// <summary>The distinct totals of another thread, read as far as they are asked for.</summary>
    private sealed class ParentTotals(Stream content) : IDisposable
    {
        private readonly JsonLines lines = new(content, LogCheckpoint.Start);
        private CodexTokens? latest;

        /// <summary>The next total that differs from the one before it; null at the end.</summary>
        public CodexTokens? Next()
        {
            while (lines.MoveNext<CodexMark>())
            {
                if (TotalOf(lines.Current) is { } total && total != latest)
                {
                    latest = total;
                    return total;
                }
            }

            return null;
        }

        public void Dispose()
        {
            lines.Dispose();
            content.Dispose();
        }

        private static CodexTokens? TotalOf(ReadOnlySpan<byte> text)
        {
            var line = CodexLine.Read(text);
            return line is { Record: CodexRecord.TokenCount, Fault: null } ? line.Total : null;
        }
    }
}
