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

    [Fact]
    public async Task A_lead_reports_for_nobody_who_is_an_engineer_and_not_of_the_team()
    {
        roll.Put("ada", "t1");
        roll.Put("bob", "t2");
        roll.Put("eve", null);

        var refused = await RefusedAsync(new(roll, time), Role.TeamLead, "lea", "ada", "bob", "eve", "a plain name", "");

        refused.ShouldBe(["bob", "eve"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whose_usage_is_refused_is_asked_once_a_minute_and_never_for_the_leads_own_or_another_role()
    {
        roll.Put("bob", "t2");
        var people = new TeamsOfPeople(roll, time);

        await RefusedAsync(people, Role.TeamLead, "lea", "lea", "");
        (await RefusedAsync(people, Role.Service, "bob")).ShouldBeEmpty();
        roll.Lookups.ShouldBe(0);

        await RefusedAsync(people, Role.TeamLead, "bob", "bob");
        (await RefusedAsync(people, Role.TeamLead, "bob")).ShouldBe(["bob"]);
        roll.Lookups.ShouldBe(1);
    }

    private static async Task<IReadOnlyList<string>> RefusedAsync(TeamsOfPeople people, Role role, params string[] users)
    {
        var lead = new Caller { Org = Dimensions.LocalOrg, Role = role, EngineerId = "lea", TeamId = "t1" };
        var refusals = await people.RefusalsAsync(lead, [.. users.Select(static user => UsageOf(user, "t1"))], TestContext.Current.CancellationToken);
        refusals.Values.ShouldAllBe(static problem => problem.Code == "forbidden" && problem.Field == "user");
        return [.. refusals.Keys];
    }

    private Task<IReadOnlyList<string>> FillAsync(params (string User, string Team)[] events) => FillAsync(new TeamsOfPeople(roll, time), events);

    private static async Task<IReadOnlyList<string>> FillAsync(TeamsOfPeople people, params (string User, string Team)[] events)
    {
        var usage = events.Select(static of => UsageOf(of.User, of.Team));
        var filled = await people.FillAsync(new() { Org = Dimensions.LocalOrg, Role = Role.Service }, [.. usage], TestContext.Current.CancellationToken);
        return [.. filled.Select(static usage => usage.Dimensions.Team)];
    }

    private static UsageEvent UsageOf(string user, string team)
    {
        var call = SampleSpend.Call(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), "claude-sonnet-5", default).Usage;
        return call with { Dimensions = call.Dimensions with { User = user, Team = team } };
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
