using Farthing.Domain.Usage;

namespace Farthing.Finops;

/// <summary>Whose spend and when.</summary>
/// <param name="Team">The id of a team; null for all.</param>
/// <param name="From">The first instant, included; null for what the question takes without one.</param>
/// <param name="To">The last instant, included; null for no end.</param>
internal sealed record AskedSpend(string? Team, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The days of a zone, both included; null where an end is open.</summary>
    public static AskedSpend Of(string? team, DateOnly? since, DateOnly? until, TimeZoneInfo zone) => new(
        team,
        since is { } first ? CalendarDays.StartOf(first, zone) : null,
        until is { } last && last < DateOnly.MaxValue ? CalendarDays.EndOf(last, zone) : null);
}

/// <summary>What is to be forecast.</summary>
/// <param name="Scope"><c>org</c>, <c>team</c>, <c>project</c>, <c>engineer</c> or <c>model</c>.</param>
/// <param name="Id">Which one; empty for the organisation.</param>
/// <param name="By">What its parts are, in the same words; null for none.</param>
/// <param name="Days">How many days.</param>
internal sealed record AskedForecast(string Scope, string Id, string? By, int Days);

/// <summary>Answers questions about spend with the JSON of the API, whether a server is asked or this machine's store.</summary>
internal interface IFinopsAnswers
{
    /// <summary>The id of a team that somebody named by its id or its name; null when whoever asks may not choose one and sees their own.</summary>
    /// <exception cref="AnswerException">There is none.</exception>
    Task<string?> TeamAsync(string named, CancellationToken cancellationToken);

    /// <summary><c>GET /finops/cache</c>, with what single calls tell.</summary>
    Task<byte[]> CacheAsync(AskedSpend asked, CancellationToken cancellationToken);

    /// <summary><c>GET /finops/plans</c>: by Primer's bands and by the least expected cost.</summary>
    /// <param name="asked">Whose spend and when.</param>
    /// <param name="provider">Whose plans, for the calls that went there; null for Claude's and all calls.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingsException">This machine knows no plans of that provider.</exception>
    /// <exception cref="AnswerException">The server knows none.</exception>
    Task<byte[]> PlansAsync(AskedSpend asked, string? provider, CancellationToken cancellationToken);

    /// <summary><c>GET /finops/forecast</c> with Primer's line.</summary>
    Task<byte[]> LineAsync(AskedSpend asked, int days, CancellationToken cancellationToken);

    /// <summary><c>GET /forecasts</c>.</summary>
    Task<byte[]> ForecastAsync(AskedForecast asked, CancellationToken cancellationToken);
}
