using System.Collections.Concurrent;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Access;

/// <summary>
/// Gives usage that names an engineer and no team the team that the engineer is in. Answers are remembered for a minute, so
/// that a batch costs a look-up for each person that nobody asked about lately, and none where the team is told.
/// </summary>
public sealed class TeamsOfPeople(IEngineers engineers, TimeProvider time)
{
    /// <summary>The most people that are remembered.</summary>
    public const int PeopleMax = 10_000;

    /// <summary>More people than these are looked up together.</summary>
    private const int OneByOneMax = 16;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Org, string User), (string Team, DateTimeOffset Until)> known = new();

    /// <summary>The same events, with the teams of those who have one; whoever reports is known with their team already.</summary>
    /// <param name="caller">Who reports.</param>
    /// <param name="events">What they report, all of the caller's organisation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<UsageEvent>> FillAsync(Caller caller, IReadOnlyList<UsageEvent> events, CancellationToken cancellationToken)
    {
        var people = PeopleOf(caller, events);
        if (people is null)
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

    private static bool IsOpen(Caller caller, Dimensions of) =>
        of.Team.Length == 0 && of.User.Length > 0 && !string.Equals(of.User, caller.EngineerId, StringComparison.Ordinal);

    private static HashSet<string>? PeopleOf(Caller caller, IReadOnlyList<UsageEvent> events)
    {
        HashSet<string>? people = null;
        foreach (var usage in events)
        {
            if (IsOpen(caller, usage.Dimensions))
            {
                (people ??= new(StringComparer.Ordinal)).Add(usage.Dimensions.User);
            }
        }

        return people;
    }

    private async Task<Dictionary<string, string>> TeamsAsync(string org, HashSet<string> people, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var teams = new Dictionary<string, string>(people.Count, StringComparer.Ordinal);
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
            teams[person] = (await engineers.FindAsync(org, person, cancellationToken))?.TeamId ?? string.Empty;
        }

        Remember(org, asked.Select(person => (person, teams[person])), now + Remembered);
        return teams;
    }

    /// <summary>Looks many up at once and says who is left: nobody, unless the organisation has more people than are read.</summary>
    private async Task<List<string>> AllAsync(string org, List<string> wanted, Dictionary<string, string> teams, CancellationToken cancellationToken)
    {
        var all = await engineers.ListAsync(new(org, ScopeReach.Org, string.Empty), new(PeopleNames.EngineersMax, string.Empty), cancellationToken);
        var listed = all.ToDictionary(static engineer => engineer.Id, static engineer => engineer.TeamId ?? string.Empty, StringComparer.Ordinal);
        var isWhole = all.Count < PeopleNames.EngineersMax;
        var left = new List<string>();
        foreach (var person in wanted)
        {
            if (listed.TryGetValue(person, out var team) || isWhole)
            {
                teams[person] = team ?? string.Empty;
            }
            else
            {
                left.Add(person);
            }
        }

        return left;
    }

    /// <summary>Remembers new answers; when there is no more room it forgets all, which costs look-ups and nothing else.</summary>
    private void Remember(string org, IEnumerable<(string Person, string Team)> teams, DateTimeOffset until)
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
