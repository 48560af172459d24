using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending;

/// <summary>Which windows are wanted.</summary>
public sealed record BlockReportRequest
{
    /// <summary>The length of a window unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromHours(5);

    /// <summary>Which spend. Its days choose windows by their start; its grouping is the report's business.</summary>
    public required SpendQuery Spend { get; init; }

    /// <summary>The length of a window.</summary>
    public TimeSpan Length { get; init; } = DefaultLength;

    /// <summary>What windows are split by; null for not at all.</summary>
    public SpendDimension? By { get; init; }

    /// <summary>Only the open window.</summary>
    public bool ActiveOnly { get; init; }

    /// <summary>Only windows that start at or after this instant, and the open one; null for all.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>Reads calls and cuts them into windows.</summary>
public static class BlockReports
{
    private const int FirstReachDays = 1;
    private const int ReachDaysMax = 400;

    /// <summary>
    /// The wanted windows in order of time. No more is read than decides where they start: from before the first wanted
    /// one back to a silence that is longer than a window.
    /// </summary>
    public static async Task<IReadOnlyList<UsageBlock>> BuildAsync(
        BlockReportRequest request, ISpendQueries queries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var blocks = await CutAsync(request, queries, now, cancellationToken);
        var wanted = new List<UsageBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            if (IsWanted(block, request))
            {
                wanted.Add(block);
            }
        }

        return wanted;
    }

    /// <summary>The windows as the lines of a report, with their total.</summary>
    public static SpendReport ToReport(IReadOnlyList<UsageBlock> blocks)
    {
        var lines = new List<SpendLine>(blocks.Count);
        var total = new SpendLineBuilder(string.Empty);
        foreach (var block in blocks)
        {
            lines.Add(block.Line);
            total.Add(block.Line);
        }

        return new(lines, total.Build());
    }

    private static async Task<IReadOnlyList<UsageBlock>> CutAsync(
        BlockReportRequest request, ISpendQueries queries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Earliest(request, now) is not { } from)
        {
            return (await ReadAsync(request, since: null, queries, cancellationToken)).Finish(now);
        }

        var day = CalendarDays.DayOf(from, request.Spend.Zone);
        for (var reach = FirstReachDays; reach <= ReachDaysMax; reach *= 2)
        {
            var chain = await ReadAsync(request, day.AddDays(-reach), queries, cancellationToken);
            if (chain.IsCertainFrom(from))
            {
                return chain.Finish(now);
            }
        }

        return (await ReadAsync(request, since: null, queries, cancellationToken)).Finish(now);
    }

    private static async Task<BlockChain> ReadAsync(
        BlockReportRequest request, DateOnly? since, ISpendQueries queries, CancellationToken cancellationToken)
    {
        var readFrom = since is { } day ? CalendarDays.StartOf(day, request.Spend.Zone) : DateTimeOffset.MinValue;
        var chain = new BlockChain(request.Length, request.By, readFrom);
        var query = request.Spend with { Since = since, Until = null, GroupBy = [], ByDay = false };
        await foreach (var call in queries.CallsAsync(query, cancellationToken))
        {
            chain.Add(call);
        }

        return chain;
    }

    /// <summary>The first instant at which something wanted can start; null when everything is wanted.</summary>
    private static DateTimeOffset? Earliest(BlockReportRequest request, DateTimeOffset now)
    {
        var open = now - request.Length;
        var bySince = request.Spend.Since is { } since ? CalendarDays.StartOf(since, request.Spend.Zone) - request.Length : (DateTimeOffset?)null;
        return request switch
        {
            { ActiveOnly: true } => open,
            { NotBefore: { } notBefore } => bySince > notBefore ? bySince : notBefore - request.Length,
            _ => bySince,
        };
    }

    private static bool IsWanted(UsageBlock block, BlockReportRequest request)
    {
        var day = CalendarDays.DayOf(block.StartAt, request.Spend.Zone);
        return (!request.ActiveOnly || block.IsActive)
            && (request.NotBefore is not { } notBefore || block.IsActive || block.StartAt >= notBefore)
            && (request.Spend.Since is not { } since || day >= since)
            && (request.Spend.Until is not { } until || day <= until);
    }
}
