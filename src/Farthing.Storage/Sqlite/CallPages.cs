using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>Reads calls a page at a time, and single ones, within a scope.</summary>
internal sealed class CallPages : ICallSource
{
    private readonly Connection connection;
    private readonly EventPlaces places;
    private readonly EventTable events;

    public CallPages(Connection connection)
    {
        this.connection = connection;
        places = new(connection);
        events = new(connection, places.Series, places.Sessions, places.RateCards);
    }

    /// <summary>A page of the calls of a query.</summary>
    public async ValueTask<IReadOnlyList<PricedCall>> ReadAsync(SeriesCatalog catalog, LocalDays rollupDays, SpendQuery query, CallListPage page)
    {
        var range = EventRange.Of(query, new LocalDays(query.Zone));
        var sessions = new SessionReader(connection, catalog, rollupDays, query) { Pricing = page.Pricing };
        var found = await new CallListing(sessions, this, rollupDays, range, page).ReadAsync();
        return found.ConvertAll(static call => new PricedCall(call.Usage, call.Rating, string.Empty));
    }

    /// <summary>The call of an id within a scope.</summary>
    public PricedCall? Find(Scope within, EventId id)
    {
        var aliases = new AliasTable(connection);
        EventId? at = id;
        for (var moves = 0; at is { } next && moves < StoredCall.MovesMax; moves++)
        {
            using var row = connection.Prepare(new SqlText().Add(EventTable.SelectRows).Add("WHERE id =", next).Add("AND").AddSeriesOf("series", SeriesText.AllOf(within)));
            if (row.Step())
            {
                var call = events.FromRow(row);
                return new(call.Usage, call.Rating, places.Files.PathOf(call.File));
            }

            at = aliases.Former(next);
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask<List<StoredCall>> CallsAsync(CallParts asked)
    {
        var found = new List<StoredCall>();
        foreach (var (from, end) in asked.Parts)
        {
            var part = asked with { Limit = asked.Limit - found.Count };
            if (part.Limit == 0)
            {
                break;
            }

            using var rows = connection.Prepare(part.AddTo(new SqlText().Add(EventTable.SelectRows).Add("WHERE id >=", from).Add("AND id <", end)));
            while (rows.Step())
            {
                found.Add(events.FromRow(rows));
            }
        }

        return new(found);
    }
}
