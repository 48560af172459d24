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
internal sealed class FinopsDoor(Caller caller, ITeams teams, IEngineers engineers, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The most days between two instants that are told.</summary>
    public const int DaysMax = 400;

    /// <summary>The range, or what is wrong with it. A team that the organisation does not have is not found.</summary>
    public async Task<Result<SpendRange>> RangeAsync(FinopsQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = (Instants.Read("start_date", query.StartDate), Instants.Read("end_date", query.EndDate));
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

    /// <summary>Whether the caller sees the whole organisation and may choose a team of it.</summary>
    public bool ChoosesTeam => ScopeRules.Of(caller).Reach == ScopeReach.Org;

    /// <summary>
    /// Says that an engineer is not found whom the organisation does not have; null when it has, and for callers who do not
    /// see the whole organisation: they are not to learn who is in it.
    /// </summary>
    /// <param name="field">The parameter that names the engineer.</param>
    /// <param name="id">The engineer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Problem?> MissesAsync(string field, string id, CancellationToken cancellationToken) =>
        ChoosesTeam && (id.Contains('\0', StringComparison.Ordinal) || await engineers.FindAsync(caller.Org, id, cancellationToken) is null)
            ? Problem.NotFound("engineer") with { Field = field }
            : null;

    private Problem? Check(DateTimeOffset? from, DateTimeOffset? to)
    {
        var (start, end) = (from ?? to, to ?? time.GetUtcNow());
        return start switch
        {
            _ when from > end => Problem.Invalid("start_date", to is null ? "'start_date' is in the future, and a range without 'end_date' ends now." : "'start_date' is after 'end_date'; exchange them."),
            { } first when from is not null && end - first > TimeSpan.FromDays(DaysMax) =>
                Problem.Invalid("start_date", $"A range has at most {DaysMax} days; ask for less, or leave both ends out for all history."),
            _ => null,
        };
    }
}
