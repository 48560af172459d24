using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>The four tables in which parts of events are interned, seen through one connection.</summary>
internal sealed class EventPlaces(Connection connection)
{
    /// <summary>Dimensions.</summary>
    public SeriesTable Series { get; } = new(connection);

    /// <summary>Sessions.</summary>
    public SessionTable Sessions { get; } = new(connection);

    /// <summary>Rate cards.</summary>
    public RateCardTable RateCards { get; } = new(connection);

    /// <summary>Logs.</summary>
    public LogFileTable Files { get; } = new(connection);

    /// <summary>The numbers of an event's parts; what is new is given one.</summary>
    public EventPlace Of(UsageEvent usage, RateCard card, int file) =>
        new(Series.IdOf(usage.Dimensions), Sessions.IdOf(usage), RateCards.IdOf(card), file);

    /// <summary>Forgets what it remembers: the tables may have changed.</summary>
    public void Forget()
    {
        Series.Forget();
        Sessions.Forget();
        RateCards.Forget();
        Files.Forget();
    }
}
