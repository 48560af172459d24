namespace Farthing.Workflows.Crediting;

/// <summary>The answers that are kept under idempotency keys.</summary>
public interface IKeptAnswers
{
    /// <summary>Forgets answers that were given longer ago than an age, the oldest first, at most so many.</summary>
    /// <returns>How many were forgotten.</returns>
    Task<int> ForgetAsync(TimeSpan age, int limit, CancellationToken cancellationToken);
}

/// <summary>
/// Forgets old answers, which repeat whole bodies and would grow for ever. What they answered stays known by the natural
/// keys of its transactions, and those are never forgotten. Several servers may do it at once.
/// </summary>
/// <remarks>Belongs to one loop.</remarks>
public sealed class ForgetAnswers(IKeptAnswers answers, TimeProvider time)
{
    /// <summary>The most answers of one pass, so that nobody waits long for the writer.</summary>
    public const int PassMax = 5_000;

    /// <summary>So long a request can be repeated and is answered as it was.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private DateTimeOffset nextAt = DateTimeOffset.MinValue;

    /// <summary>Makes a pass if one is due: an hour after the last one, or at once when that was full.</summary>
    /// <returns>How many answers were forgotten.</returns>
    public async Task<int> ForgetDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < nextAt)
        {
            return 0;
        }

        var forgotten = await answers.ForgetAsync(KeptFor, PassMax, cancellationToken);
        nextAt = forgotten < PassMax ? now + Pause : now;
        return forgotten;
    }
}
