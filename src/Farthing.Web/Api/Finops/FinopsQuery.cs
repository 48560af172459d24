using System.Globalization;
using System.Text.RegularExpressions;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Finops;

/// <summary>Whose spend and when, as all of Primer's endpoints take it.</summary>
internal readonly record struct FinopsQuery
{
    /// <summary>The team; only those who see the whole organisation choose one, for others it changes nothing.</summary>
    [FromQuery(Name = "team_id")]
    public string? TeamId { get; init; }

    /// <summary>The first instant, included: ISO 8601, in UTC where it tells no offset.</summary>
    [FromQuery(Name = "start_date")]
    public string? StartDate { get; init; }

    /// <summary>The last instant, included.</summary>
    [FromQuery(Name = "end_date")]
    public string? EndDate { get; init; }
}

/// <summary>Turns what is asked for into what may be read: the one place where the endpoints of finops look at their caller.</summary>
internal sealed partial class FinopsDoor(Caller caller, ITeams teams, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The most days between two instants that are told.</summary>
    public const int DaysMax = 400;

    private const int InstantLengthMax = 40;
    private const int MatchMillisecondsMax = 1_000;

    private static readonly TimeSpan OffsetMax = TimeSpan.FromHours(14);

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>The range, or what is wrong with it. A team that the organisation does not have is not found.</summary>
    public async Task<Result<SpendRange>> RangeAsync(FinopsQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = (Instant("start_date", query.StartDate), Instant("end_date", query.EndDate));
        if ((from.Problem ?? to.Problem ?? Check(from.Value, to.Value)) is { } problem)
        {
            return problem;
        }

        var scope = await ScopeAsync("team_id", query.TeamId, cancellationToken);
        return scope.Problem is { } refused ? refused : new SpendRange { Within = scope.Value, From = from.Value, To = to.Value, Zone = calendar.Zone };
    }

    /// <summary>What the caller may read, narrowed to a team where they may choose one.</summary>
    /// <param name="field">The parameter that names the team.</param>
    /// <param name="team">The team; null or empty for none in particular.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<Scope>> ScopeAsync(string field, string? team, CancellationToken cancellationToken)
    {
        if (team is { Length: > WebLimits.TextLengthMax })
        {
            return Problem.Invalid(field, $"'{field}' has at most {WebLimits.TextLengthMax} characters.");
        }

        var scope = ScopeRules.Of(caller, team);
        var isChosen = scope.Reach == ScopeReach.Team && caller.Role != Role.TeamLead;
        return isChosen && await teams.FindAsync(caller.Org, scope.Id, cancellationToken) is null ? Problem.NotFound("team") with { Field = field } : scope;
    }

    private Problem? Check(DateTimeOffset? from, DateTimeOffset? to)
    {
        var (start, end) = (from ?? to, to ?? time.GetUtcNow());
        return start switch
        {
            _ when from > to => Problem.Invalid("start_date", "'start_date' is after 'end_date'; exchange them."),
            { } first when from is not null && end - first > TimeSpan.FromDays(DaysMax) =>
                Problem.Invalid("start_date", $"A range has at most {DaysMax} days; ask for less, or leave both ends out for all history."),
            _ => null,
        };
    }

    /// <summary>Reads an instant. A plus sign that arrived as the blank that it means in a query is read as what it was.</summary>
    private static Result<DateTimeOffset?> Instant(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (DateTimeOffset?)null;
        }

        var whole = text.Length > InstantLengthMax ? string.Empty : text;
        var end = Offset().Match(whole);
        return DateTime.TryParseExact(end.Success ? whole[..end.Index] : whole, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && OffsetOf(end.Value) is { } offset
            && Shift(local, offset) is { } instant
            ? (DateTimeOffset?)instant
            : Problem.Invalid(field, $"'{field}' is a time in ISO 8601 such as 2026-05-04T03:02:01Z or 2026-05-04T05:02:01+02:00.");
    }

    private static TimeSpan? OffsetOf(string text)
    {
        if (text is "" or "Z")
        {
            return TimeSpan.Zero;
        }

        return TimeSpan.TryParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var distance) && distance <= OffsetMax
            ? text[0] == '-' ? -distance : distance
            : null;
    }

    private static DateTimeOffset? Shift(DateTime at, TimeSpan offset)
    {
        var ticks = at.Ticks - offset.Ticks;
        return ticks >= DateTimeOffset.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    [GeneratedRegex(@"(?<=T.+)(Z|[-+ ][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex Offset();
}
