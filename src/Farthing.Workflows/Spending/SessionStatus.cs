using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>Where a running session stands: what a status line shows.</summary>
public sealed record SessionStatus
{
    /// <summary>What the session used and cost so far.</summary>
    public required SpendSum Session { get; init; }

    /// <summary>The prompt of the session's last call; null when the session is not known.</summary>
    public long? LastPrompt { get; init; }

    /// <summary>What today used and cost.</summary>
    public required SpendSum Today { get; init; }

    /// <summary>The open window; null when there is none.</summary>
    public UsageBlock? Block { get; init; }
}

/// <summary>Reads where a session stands.</summary>
public static class SessionStatuses
{
    private const int CallsMax = 100_000;

    /// <summary>Reads it; a session that is not known has empty figures.</summary>
    /// <param name="spend">Whose spend and which agent; days and grouping are the status's business.</param>
    /// <param name="session">The session's key; null when its own figures are not wanted, which saves reading its calls.</param>
    /// <param name="queries">Where spend is read.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<SessionStatus> BuildAsync(
        SpendQuery spend, string? session, ISpendQueries queries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = CalendarDays.DayOf(now, spend.Zone);
        var rows = await queries.SpendAsync(
            spend with { Since = today, Until = today, ByDay = false, GroupBy = [] }, cancellationToken);
        var blocks = await BlockReports.BuildAsync(
            new() { Spend = spend with { Since = null, Until = null }, ActiveOnly = true }, queries, now, cancellationToken);
        var calls = session is null ? [] : await queries.FindAsync(spend.Org, session, CallsMax, cancellationToken);
        var used = SumOf(calls, spend, session, out var lastPrompt);
        var todaySum = default(SpendSum);
        foreach (var row in rows)
        {
            todaySum += SpendSum.Of(row);
        }

        return new()
        {
            Session = used,
            LastPrompt = lastPrompt,
            Today = todaySum,
            Block = blocks.Count > 0 ? blocks[^1] : null,
        };
    }

    private static SpendSum SumOf(IReadOnlyList<PricedCall> calls, SpendQuery spend, string? session, out long? lastPrompt)
    {
        var used = default(SpendSum);
        lastPrompt = null;
        foreach (var call in calls)
        {
            // The text also names sessions that begin with it, and other agents may use the same key.
            if (call.Usage.Session.Key == session && (spend.Agent is null || call.Usage.Dimensions.Agent == spend.Agent))
            {
                used += SpendSum.Of(call);
                lastPrompt = call.Usage.Tokens.Prompt;
            }
        }

        return used;
    }
}
