using System.Collections.Concurrent;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Access;

/// <summary>
/// Knows the teams of the people that usage names: gives usage that names no team that of its engineer, and finds the engineers
/// that a lead may not report for. Answers are remembered for a minute, so that a batch costs a look-up for each person that
/// nobody asked about lately, and none where the rules need no team.
/// </summary>
public sealed class TeamsOfPeople(IEngineers engineers, TimeProvider time)
{
    /// <summary>The most people that are remembered.</summary>
    public const int PeopleMax = 10_000;

    /// <summary>More people than these are looked up together.</summary>
    private const int OneByOneMax = 16;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Org, string User), (string? Team, DateTimeOffset Until)> known = new();

    /// <summary>The same events, with the teams of those who have one; whoever reports is known with their team already.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="events">What they report, all of the caller's organisation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<UsageEvent>> FillAsync(Caller caller, IReadOnlyList<UsageEvent> events, CancellationToken cancellationToken)
    {
        if (PeopleOf(events, of => IsOpen(caller, of)) is not { } people)
        {
            return events;
        }

        var teams = await TeamsAsync(caller.Org, people, cancellationToken);
        var filled = new Dictionary<Dimensions, Dimensions>(ReferenceEqualityComparer.Instance);
        return [.. events.Select(With)];

        // What shares its dimensions goes on sharing them: stores recognise a series by reference.
        UsageEvent With(UsageEvent usage)
        {
            if (!IsOpen(caller, usage.Dimensions) || teams[usage.Dimensions.User] is not { Length: > 0 } team)
            {
                return usage;
            }

            if (!filled.TryGetValue(usage.Dimensions, out var dimensions))
            {
                filled[usage.Dimensions] = dimensions = usage.Dimensions with { Team = team };
            }

            return usage with { Dimensions = dimensions };
        }
    }

    /// <summary>Whose usage a caller may not report and why, by the people's ids: for a lead of a team that of engineers of another one or of none.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="events">What they report, as <see cref="ReportRules.WhoseUsage"/> let it through.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyDictionary<string, Problem>> RefusalsAsync(Caller caller, IReadOnlyList<UsageEvent> events, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<string, Problem>(StringComparer.Ordinal);
        if (!ReportRules.NeedsTeam(caller) || PeopleOf(events, of => IsAnother(caller, of)) is not { } people)
        {
            return refusals;
        }

        foreach (var (person, team) in await TeamsAsync(caller.Org, people, cancellationToken))
        {
            if (ReportRules.RefusalOfTeam(caller, team) is { } refusal)
            {
                refusals[person] = refusal;
            }
        }

        return refusals;
    }

    private static bool IsAnother(Caller caller, Dimensions of) => of.User.Length > 0 && !string.Equals(of.User, caller.EngineerId, StringComparison.Ordinal);

    private static bool IsOpen(Caller caller, Dimensions of) => of.Team.Length == 0 && IsAnother(caller, of);

    private static HashSet<string>? PeopleOf(IReadOnlyList<UsageEvent> events, Func<Dimensions, bool> isMeant)
    {
        HashSet<string>? people = null;
        foreach (var usage in events)
        {
            if (isMeant(usage.Dimensions))
            {
                (people ??= new(StringComparer.Ordinal)).Add(usage.Dimensions.User);
            }
        }

        return people;
    }

    /// <summary>The team of each; empty for an engineer without one, null for a name that no engineer of the organisation has.</summary>
    private async Task<Dictionary<string, string?>> TeamsAsync(string org, HashSet<string> people, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var teams = new Dictionary<string, string?>(people.Count, StringComparer.Ordinal);
        foreach (var person in people)
        {
            if (known.TryGetValue((org, person), out var answer) && answer.Until > now)
            {
                teams[person] = answer.Team;
            }
        }

        var asked = people.Where(person => !teams.ContainsKey(person)).ToList();
        var unknown = asked;
        if (unknown.Count > OneByOneMax)
        {
            unknown = await AllAsync(org, unknown, teams, cancellationToken);
        }

        foreach (var person in unknown)
        {
            var engineer = await engineers.FindAsync(org, person, cancellationToken);
            teams[person] = engineer is null ? null : engineer.TeamId ?? string.Empty;
        }

        Remember(org, asked.Select(person => (person, teams[person])), now + Remembered);
        return teams;
    }

    /// <summary>Looks many up at once and says who is left: nobody, unless the organisation has more people than are read.</summary>
    private async Task<List<string>> AllAsync(string org, List<string> wanted, Dictionary<string, string?> teams, CancellationToken cancellationToken)
    {
        var all = await engineers.ListAsync(new(org, ScopeReach.Org, string.Empty), new(PeopleNames.EngineersMax, string.Empty), cancellationToken);
        var listed = all.ToDictionary(static engineer => engineer.Id, static engineer => engineer.TeamId ?? string.Empty, StringComparer.Ordinal);
        var isWhole = all.Count < PeopleNames.EngineersMax;
        var left = new List<string>();
        foreach (var person in wanted)
        {
            if (listed.TryGetValue(person, out var team) || isWhole)
            {
                teams[person] = team;
            }
            else
            {
                left.Add(person);
            }
        }

        return left;
    }

    /// <summary>Remembers new answers; when there is no more room it forgets all, which costs look-ups and nothing else.</summary>
    private void Remember(string org, IEnumerable<(string Person, string? Team)> teams, DateTimeOffset until)
    {
        foreach (var (person, team) in teams)
        {
            if (known.Count >= PeopleMax)
            {
                known.Clear();
            }

            known[(org, person)] = (team, until);
        }
    }
}
