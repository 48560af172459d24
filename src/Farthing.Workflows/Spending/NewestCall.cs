using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>Tells when the newest call was made, by which it shows that no calls come in any more.</summary>
public sealed class NewestCall(ISpendQueries spend)
{
    /// <summary>When it was, of all that may be touched; null when there is none.</summary>
    public async Task<DateTimeOffset?> AtAsync(Scope within, CancellationToken cancellationToken)
    {
        // Whose days are meant makes no difference where no days are asked for.
        var query = new SpendQuery { Within = within, Zone = TimeZoneInfo.Utc, CostOnly = true };
        return await spend.CallPageAsync(query, new() { Limit = 1 }, cancellationToken) is [var newest, ..] ? newest.Usage.OccurredAt : null;
    }
}
