using Farthing.Domain.Usage;
using Farthing.Storage.Postgres.Engine;
using Farthing.Storage.Sql;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;
using Npgsql;

namespace Farthing.Storage.Postgres;

/// <summary>Reads calls a page at a time, and single ones, within a scope.</summary>
internal sealed class CallPages(NpgsqlConnection connection, CancellationToken cancellationToken) : ICallSource
{
    private readonly NumberedValues values = new();

    /// <summary>A page of the calls of a query.</summary>
    public async Task<IReadOnlyList<PricedCall>> ReadAsync(SeriesCatalog catalog, LocalDays rollupDays, SpendQuery query, CallListPage page)
    {
        var range = EventRange.Of(query, new LocalDays(query.Zone));
        var sessions = new SessionReader(connection, catalog, rollupDays, query, cancellationToken) { Pricing = page.Pricing };
        await sessions.PrepareAsync();
        var found = await new CallListing(sessions, this, rollupDays, range, page).ReadAsync();
        return found.ConvertAll(static call => new PricedCall(call.Usage, call.Rating, string.Empty));
    }

    /// <summary>The call of an id within a scope.</summary>
    public async Task<PricedCall?> FindAsync(Scope within, EventId id)
    {
        EventId? at = id;
        for (var moves = 0; at is { } next && moves < StoredCall.MovesMax; moves++)
        {
            var found = await CallsAsync(new SqlText().Add(EventRow.Select).Add("WHERE id =", next).Add("AND").AddSeriesOf("series", SeriesText.AllOf(within)));
            if (found is [var call])
            {
                await values.ReadFilesAsync(connection, [call.File], cancellationToken);
                return new(call.Usage, call.Rating, values.FileOf(call.File));
            }

            await using var former = connection.Say("SELECT event FROM former_ids WHERE id = $1", Statements.Of(Statements.GuidOf(next)));
            await using var rows = await former.ExecuteReaderAsync(cancellationToken);
            at = await rows.ReadAsync(cancellationToken) ? rows.Id(0) : null;
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<List<StoredCall>> CallsAsync(CallParts asked)
    {
        var sql = new SqlText().Add(EventRow.Select).Add("WHERE id IN (SELECT part.id FROM (VALUES");
        foreach (var (from, end) in asked.Parts)
        {
            sql.Add(sql.Parameters.Count == 0 ? "(" : ", (", from).Add(",", end).Add(")");
        }

        // Each part ends by itself when it has given enough; the limit is that of all of them.
        asked.AddTo(sql.Add(") AS parts (low, high) CROSS JOIN LATERAL (SELECT id FROM events WHERE id >= parts.low AND id < parts.high"))
            .Add($") AS part ORDER BY part.id{asked.Order} LIMIT", (long)asked.Limit).Add($") ORDER BY id{asked.Order}");
        return await CallsAsync(sql);
    }

    private async Task<List<StoredCall>> CallsAsync(SqlText sql) =>
        await values.ToCallsAsync(connection, await EventRow.ReadAsync(connection, sql, cancellationToken), cancellationToken);
}
