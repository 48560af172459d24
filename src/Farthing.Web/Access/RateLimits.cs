using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;

namespace Farthing.Web.Access;

/// <summary>Requests that are limited together.</summary>
internal enum RateClass
{
    /// <summary>Reports of sessions.</summary>
    Ingest,

    /// <summary>Questions that are answered from many rows.</summary>
    Reads,
}

/// <summary>How many requests a key may send in a minute.</summary>
/// <param name="Class">Which of its requests are counted together.</param>
internal sealed record RateRule(RateClass Class);

/// <summary>How a route says that it is limited.</summary>
internal static class RateRules
{
    /// <summary>Counts its requests by key.</summary>
    public static TBuilder LimitRate<TBuilder>(this TBuilder builder, RateClass rateClass)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RateRule(rateClass));
}

/// <summary>
/// A bucket of tokens for each key and class of requests: full at first, filled evenly, one token a request. Whoever has no
/// key is counted by address instead, see <see cref="FailedAttempts"/>. Buckets that are full again are dropped when there
/// are too many.
/// </summary>
internal sealed class RateLimits(ServerOptions options) : IDisposable
{
    private const int BucketsMax = 10_000;
    private const double MillisecondsPerMinute = 60_000;

    private readonly ConcurrentDictionary<(RateClass Class, string Who), TokenBucketRateLimiter> buckets = new();

    /// <summary>Takes a token of a caller; how long to wait for the next one when there is none, null when there was.</summary>
    public TimeSpan? WaitFor(RateClass rateClass, Caller caller)
    {
        var limit = rateClass == RateClass.Ingest ? options.IngestPerMinuteMax : options.ReadsPerMinuteMax;
        if (limit <= 0)
        {
            return null;
        }

        // The operator has no key, and may act in any organisation.
        var who = caller.KeyId.Length > 0 ? caller.KeyId : caller.Actor;
        var bucket = buckets.TryGetValue((rateClass, who), out var known) ? known : AddBucket((rateClass, who), limit);
        _ = bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMilliseconds(MillisecondsPerMinute / limit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bucket in buckets.Values)
        {
            bucket.Dispose();
        }
    }

    private TokenBucketRateLimiter AddBucket((RateClass Class, string Who) key, int limit)
    {
        if (buckets.Count >= BucketsMax)
        {
            DropFull(limit);
        }

        return buckets.GetOrAdd(key, static (_, tokens) => new(new()
        {
            TokenLimit = tokens,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(MillisecondsPerMinute / tokens),
            AutoReplenishment = false,
            QueueLimit = 0,
        }), limit);
    }

    /// <summary>A full bucket limits nobody; when all are in use, all begin anew, which lets more in and keeps nobody out.</summary>
    private void DropFull(int limit)
    {
        foreach (var (key, bucket) in buckets)
        {
            _ = bucket.TryReplenish();
            if (bucket.GetStatistics() is not { CurrentAvailablePermits: var left } || left >= limit)
            {
                buckets.TryRemove(key, out _);
            }
        }

        if (buckets.Count >= BucketsMax)
        {
            buckets.Clear();
        }
    }
}
