using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Access;

public sealed class TeamsOfPeopleTests
{
    private readonly ManualTime time = new();
    private readonly Roll roll = new();

    [Fact]
    public async Task Usage_that_names_an_engineer_and_no_team_is_their_teams()
    {
        roll.Put("ada", "t1");
        roll.Put("bob", null);

        var teams = await FillAsync(("ada", ""), ("ada", "t9"), ("bob", ""), ("nobody-known", ""), ("", ""));

        teams.ShouldBe(["t1", "t9", "", "", ""]);
    }

    [Fact]
    public async Task A_person_is_looked_up_once_a_minute_and_never_where_the_team_is_told()
    {
        roll.Put("ada", "t1");
        var people = new TeamsOfPeople(roll, time);

        await FillAsync(people, ("ada", "t1"));
        roll.Lookups.ShouldBe(0);
        await FillAsync(people, ("ada", ""), ("ada", ""));
        await FillAsync(people, ("ada", ""));
        roll.Lookups.ShouldBe(1);

        roll.Put("ada", "t2");
        time.Move(TimeSpan.FromMinutes(2));
        (await FillAsync(people, ("ada", ""))).ShouldBe(["t2"]);
    }

    [Fact]
    public async Task Many_people_are_looked_up_together()
    {
        var all = Enumerable.Range(0, 100).Select(static at => $"person-{at}").ToList();
        all.ForEach(person => roll.Put(person, $"team-of-{person}"));

        var teams = await FillAsync([.. all.Select(static person => (person, ""))]);

        teams.ShouldBe(all.Select(static person => $"team-of-{person}"));
        roll.Lookups.ShouldBe(1);
    }

    private Task<IReadOnlyList<string>> FillAsync(params (string User, string Team)[] events) => FillAsync(new TeamsOfPeople(roll, time), events);

    private static async Task<IReadOnlyList<string>> FillAsync(TeamsOfPeople people, params (string User, string Team)[] events)
    {
        var at = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var usage = events.Select(of =>
        {
            var call = SampleSpend.Call(at, "claude-sonnet-5", default).Usage;
            return call with { Dimensions = call.Dimensions with { User = of.User, Team = of.Team } };
        });
        var filled = await people.FillAsync(new() { Org = Dimensions.LocalOrg, Role = Role.Service }, [.. usage], TestContext.Current.CancellationToken);
        return [.. filled.Select(static usage => usage.Dimensions.Team)];
    }

    /// <summary>Engineers with their teams, which count how often somebody asks.</summary>
    private sealed class Roll : IEngineers
    {
        private readonly Dictionary<string, Engineer> engineers = new(StringComparer.Ordinal);

        public int Lookups { get; private set; }

        public void Put(string id, string? team) =>
            engineers[id] = new() { Org = Dimensions.LocalOrg, Id = id, Name = id, Email = $"{id}@example.org", TeamId = team, CreatedAt = default };

        public Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken)
        {
            Lookups++;
            return Task.FromResult(engineers.GetValueOrDefault(id));
        }

        public Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken)
        {
            Lookups++;
            return Task.FromResult<IReadOnlyList<Engineer>>([.. engineers.Values.Take(page.Limit)]);
        }

        public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
