using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Tests.Contract;

/// <summary>The ports of people and keys over a fresh store of some kind.</summary>
public sealed record AccessUnderTest(IOrgs Orgs, ITeams Teams, IEngineers Engineers, IKeys Keys, IAuditTrail Audit);

/// <summary>What every store of people and keys does.</summary>
public abstract class AccessContract
{
    private const string Local = "local";
    private static readonly DateTimeOffset Noon = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditStamp Stamp = new(Local, "operator", "request-1", Noon);

    private int numbers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_one_organisation_from_the_start()
    {
        await using var store = await OpenAsync();

        (await store.Access.Orgs.ListAsync(new(10, string.Empty), Cancellation)).Select(static org => org.Id).ShouldBe([Local]);
        (await store.Access.Orgs.FindAsync("nobody", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_added_is_found_in_its_organisation_and_nowhere_else()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var other = await OrgAsync(access);
        var team = await TeamAsync(access, Local);
        var engineer = await EngineerAsync(access, Local, team.Id);

        (await access.Teams.FindAsync(Local, team.Id, Cancellation)).ShouldBe(team);
        (await access.Engineers.FindAsync(Local, engineer.Id, Cancellation)).ShouldBe(engineer);
        (await access.Teams.FindAsync(other.Id, team.Id, Cancellation)).ShouldBeNull();
        (await access.Engineers.FindAsync(other.Id, engineer.Id, Cancellation)).ShouldBeNull();
        (await access.Teams.ChangeAsync(other.Id, team.Id, static team => team with { Name = "stolen" }, Stamp, Cancellation)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await access.Engineers.ChangeAsync(other.Id, engineer.Id, static engineer => engineer with { Name = "stolen" }, Stamp, Cancellation)).Succeeded.ShouldBeFalse();
        (await access.Keys.ListAsync(other.Id, new(10, string.Empty), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scope_is_a_condition_of_the_query()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var (first, second) = (await TeamAsync(access, Local), await TeamAsync(access, Local));
        var (one, two, three) = (await EngineerAsync(access, Local, first.Id), await EngineerAsync(access, Local, first.Id), await EngineerAsync(access, Local, second.Id));
        await EngineerAsync(access, (await OrgAsync(access)).Id, null);

        (await EngineersAsync(new(Local, ScopeReach.Org, string.Empty))).ShouldBe([one.Id, two.Id, three.Id]);
        (await EngineersAsync(new(Local, ScopeReach.Team, first.Id))).ShouldBe([one.Id, two.Id]);
        (await EngineersAsync(new(Local, ScopeReach.Engineer, three.Id))).ShouldBe([three.Id]);
        (await EngineersAsync(new(Local, ScopeReach.Nothing, string.Empty))).ShouldBeEmpty();
        (await access.Teams.ListAsync(new(Local, ScopeReach.Engineer, three.Id), new(10, string.Empty), Cancellation)).ShouldBe([second]);
        (await access.Teams.ListAsync(new(Local, ScopeReach.Nothing, string.Empty), new(10, string.Empty), Cancellation)).ShouldBeEmpty();

        async Task<IEnumerable<string>> EngineersAsync(Scope scope) =>
            (await access.Engineers.ListAsync(scope, new(10, string.Empty), Cancellation)).Select(static engineer => engineer.Id);
    }

    [Fact]
    public async Task A_page_begins_behind_the_one_before()
    {
        await using var store = await OpenAsync();
        var teams = new List<Team>();
        for (var count = 0; count < 5; count++)
        {
            teams.Add(await TeamAsync(store.Access, Local));
        }

        var scope = new Scope(Local, ScopeReach.Org, string.Empty);
        var page = await store.Access.Teams.ListAsync(scope, new(2, string.Empty), Cancellation);
        page.ShouldBe(teams.Take(2));
        (await store.Access.Teams.ListAsync(scope, new(10, page[^1].Id), Cancellation)).ShouldBe(teams.Skip(2));
    }

    [Fact]
    public async Task An_address_belongs_to_one_engineer_of_an_organisation()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var (first, second) = (await EngineerAsync(access, Local, null), await EngineerAsync(access, Local, null));

        var added = await access.Engineers.AddAsync(second with { Id = NewId(), Email = first.Email.ToUpperInvariant() }, Key(Local), Stamp, Cancellation);
        var changed = await access.Engineers.ChangeAsync(Local, second.Id, engineer => engineer with { Email = first.Email }, Stamp, Cancellation);

        (added.Problem?.Code, changed.Problem?.Code).ShouldBe(("email_taken", "email_taken"));
        (await EngineerAsync(access, (await OrgAsync(access)).Id, null, first.Email)).Email.ShouldBe(first.Email);
    }

    [Fact]
    public async Task A_key_has_the_role_and_team_that_its_engineer_has_now()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var team = await TeamAsync(access, Local);
        var engineer = await EngineerAsync(access, Local, null);
        var prefix = (await access.Keys.ListAsync(Local, new(10, string.Empty), Cancellation)).Single().Prefix;

        await access.Engineers.ChangeAsync(Local, engineer.Id, who => who with { Role = Role.TeamLead, TeamId = team.Id, IsActive = false }, Stamp, Cancellation);

        var holder = (await access.Keys.FindAsync(prefix, Cancellation))!;
        (holder.Stored.Key.Role, holder.TeamId, holder.IsActive).ShouldBe((Role.TeamLead, team.Id, false));
    }

    [Fact]
    public async Task A_key_is_kept_whole_changed_and_touched()
    {
        await using var store = await OpenAsync();
        var keys = store.Access.Keys;
        var key = Key(Local) with { Hash = [0, 1, 2, 255] };
        await keys.AddAsync(key with { Key = key.Key with { ExpiresAt = Noon.AddDays(1) } }, Stamp, Cancellation);

        var holder = (await keys.FindAsync(key.Key.Prefix, Cancellation))!;
        holder.Stored.Key.ShouldBe(key.Key with { ExpiresAt = Noon.AddDays(1) });
        holder.Stored.Hash.ShouldBe(key.Hash);
        (holder.TeamId, holder.IsActive).ShouldBe((string.Empty, true));

        await keys.TouchAsync(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [key.Key.Id] = Noon.AddHours(2), ["nobody"] = Noon }, Cancellation);
        await keys.TouchAsync(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [key.Key.Id] = Noon.AddHours(1) }, Cancellation);
        var changed = await keys.ChangeAsync(
            Local, key.Key.Id, stored => new(stored.Key with { Prefix = "newnewne", RevokedAt = Noon }, [9]), Stamp, Cancellation);

        var listed = (await keys.ListAsync(Local, new(10, string.Empty), Cancellation)).Single();
        (listed.LastUsedAt, listed.Prefix, listed.RevokedAt).ShouldBe((Noon.AddHours(2), "newnewne", Noon));
        changed!.Hash.ShouldBe([9]);
        (await keys.FindAsync(key.Key.Prefix, Cancellation)).ShouldBeNull();
        (await keys.ChangeAsync(Local, "nobody", static stored => stored, Stamp, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_revoked_from_its_beginning_never_works()
    {
        await using var store = await OpenAsync();
        var keys = store.Access.Keys;
        var key = Key(Local);
        await keys.AddAsync(key with { Key = key.Key with { RevokedAt = Noon } }, Stamp, Cancellation);

        (await keys.FindAsync(key.Key.Prefix, Cancellation))!.Stored.Key.RevokedAt.ShouldBe(Noon);
        (await keys.ListAsync(new() { Org = Local, Page = new(10, string.Empty), WorkingAt = Noon }, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_are_listed_by_what_they_open_whether_they_work_and_from_either_end()
    {
        await using var store = await OpenAsync();
        var keys = store.Access.Keys;
        foreach (var (prefix, revoked, ends) in new (string, DateTimeOffset?, DateTimeOffset?)[]
        {
            ("azzzzzzz", null, null), ("0aaaaaaa", null, Noon.AddHours(1)), ("1aaaaaaa", null, Noon.AddHours(1)), ("2bbbbbbb", Noon, null), ("z7777777", null, Noon), ("mmmmmmmm", null, Noon.AddDays(1)),
        })
        {
            var key = Key(Local);
            await keys.AddAsync(key with { Key = key.Key with { Prefix = prefix, ExpiresAt = ends } }, Stamp, Cancellation);
            await keys.ChangeAsync(Local, key.Key.Id, stored => stored with { Key = stored.Key with { RevokedAt = revoked } }, Stamp, Cancellation);
        }

        (await ListAsync(null)).ShouldBe(["azzzzzzz", "0aaaaaaa", "1aaaaaaa", "2bbbbbbb", "z7777777", "mmmmmmmm"]);
        (await ListAsync(KeyKind.SignIn)).ShouldBe(["0aaaaaaa"]);
        (await ListAsync(KeyKind.Link)).ShouldBe(["1aaaaaaa"]);
        (await ListAsync(KeyKind.Key, isNewestFirst: true)).ShouldBe(["mmmmmmmm", "z7777777", "2bbbbbbb", "azzzzzzz"]);
        (await ListAsync(KeyKind.Key, Noon)).ShouldBe(["azzzzzzz", "mmmmmmmm"]);
        var first = (await keys.ListAsync(new() { Org = Local, Page = new(2, string.Empty), IsNewestFirst = true }, Cancellation))[1];
        (await ListAsync(null, isNewestFirst: true, after: first.Id)).ShouldBe(["2bbbbbbb", "1aaaaaaa", "0aaaaaaa", "azzzzzzz"]);

        async Task<IEnumerable<string>> ListAsync(KeyKind? kind, DateTimeOffset? workingAt = null, bool isNewestFirst = false, string after = "") =>
            (await keys.ListAsync(new() { Org = Local, Page = new(10, after), Kind = kind, WorkingAt = workingAt, IsNewestFirst = isNewestFirst }, Cancellation)).Select(static key => key.Prefix);
    }

    [Fact]
    public async Task Keys_are_listed_by_their_ids_and_within_a_scope()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var (team, program) = (await TeamAsync(access, Local), Key(Local));
        await access.Keys.AddAsync(program, Stamp, Cancellation);
        var (one, two) = (await EngineerAsync(access, Local, team.Id), await EngineerAsync(access, Local, null));
        var (keyOfOne, keyOfTwo) = (await OfAsync(one), await OfAsync(two));

        (await ListAsync(null, [keyOfTwo, program.Key.Id, "nobody"])).ShouldBe([program.Key.Id, keyOfTwo]);
        (await ListAsync(null, [])).ShouldBeEmpty();
        (await access.Keys.ListAsync(new() { Org = Local, Page = new(10, string.Empty), OfPrefixes = [program.Key.Prefix, "nobody"] }, Cancellation)).Single().Id.ShouldBe(program.Key.Id);
        (await ListAsync(new(Local, ScopeReach.Org, string.Empty))).ShouldBe([program.Key.Id, keyOfOne, keyOfTwo]);
        (await ListAsync(new(Local, ScopeReach.Team, team.Id))).ShouldBe([keyOfOne]);
        (await ListAsync(new(Local, ScopeReach.Engineer, two.Id))).ShouldBe([keyOfTwo]);
        (await ListAsync(new(Local, ScopeReach.Engineer, two.Id), [keyOfOne])).ShouldBeEmpty();
        (await ListAsync(new(Local, ScopeReach.Nothing, string.Empty))).ShouldBeEmpty();

        async Task<string> OfAsync(Engineer engineer) => (await ListAsync(new(Local, ScopeReach.Engineer, engineer.Id))).Single();

        async Task<IEnumerable<string>> ListAsync(Scope? within, IReadOnlyCollection<string>? ids = null) =>
            (await access.Keys.ListAsync(new() { Org = Local, Page = new(10, string.Empty), Within = within, Ids = ids }, Cancellation)).Select(static key => key.Id);
    }

    [Fact]
    public async Task Replacing_keys_revokes_all_that_an_engineer_had()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var engineer = await EngineerAsync(access, Local, null);
        await access.Keys.AddAsync(Key(Local, engineer.Id), Stamp, Cancellation);

        (await access.Engineers.ReplaceKeysAsync(Key(Local, engineer.Id), Stamp, Cancellation)).Value.ShouldBe(engineer);

        var keys = await access.Keys.ListAsync(Local, new(10, string.Empty), Cancellation);
        keys.Select(static key => key.RevokedAt is null).ShouldBe([false, false, true]);
        (await access.Engineers.ReplaceKeysAsync(Key(Local, NewId()), Stamp, Cancellation)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_change_writes_its_line_and_one_that_changes_nothing_writes_none()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var team = await TeamAsync(access, Local);

        await access.Teams.ChangeAsync(Local, team.Id, static team => team with { Name = "Renamed" }, Stamp with { At = Noon.AddSeconds(1) }, Cancellation);
        await access.Teams.ChangeAsync(Local, team.Id, static team => team with { Name = "Renamed" }, Stamp with { At = Noon.AddSeconds(2) }, Cancellation);

        var lines = await access.Audit.ReadAsync(new() { Org = Local, Limit = 10 }, Cancellation);
        lines.Select(static line => line.Action).ShouldBe(["team.changed", "team.created"]);
        lines[0].Stamp.ShouldBe(Stamp with { At = Noon.AddSeconds(1) });
        lines[0].ObjectId.ShouldBe(team.Id);
        lines[0].Before.ShouldContain(team.Name);
        lines[0].After.ShouldContain("Renamed");
        (await access.Audit.ReadAsync(new() { Org = "nobody", Limit = 10 }, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_that_meet_are_made_one_after_the_other()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var team = await TeamAsync(access, Local);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => access.Teams.ChangeAsync(Local, team.Id, static team => team with { Name = team.Name + "+" }, Stamp, Cancellation), Cancellation)));

        (await access.Teams.FindAsync(Local, team.Id, Cancellation))!.Name.ShouldBe(team.Name + new string('+', 20));
        (await access.Audit.ReadAsync(new() { Org = Local, Limit = 100 }, Cancellation)).Count.ShouldBe(21);
    }

    [Fact]
    public async Task A_name_is_that_of_one_team_of_an_organisation_whoever_comes_at_once()
    {
        await using var store = await OpenAsync();
        var access = store.Access;
        var other = await OrgAsync(access);

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => new Team(Local, NewId(), index % 2 == 0 ? "Größe" : " GRÖSSE ".Replace("SS", "ß", StringComparison.Ordinal), Noon))
            .Select(team => Task.Run(() => access.Teams.AddAsync(team, Stamp, Cancellation), Cancellation)));
        var first = added.Single(static one => one.Succeeded).Value;
        var second = await TeamAsync(access, Local);

        added.Where(static one => !one.Succeeded).Select(static one => (one.Problem!.Kind, one.Problem.Code, one.Problem.Field)).Distinct().ShouldBe([(ProblemKind.Conflict, "name_taken", "name")]);
        (await access.Teams.AddAsync(first with { Org = other.Id, Id = NewId() }, Stamp with { Org = other.Id }, Cancellation)).Succeeded.ShouldBeTrue("That is another organisation's.");
        (await access.Teams.ChangeAsync(Local, second.Id, team => team with { Name = first.Name }, Stamp, Cancellation)).Problem!.Code.ShouldBe("name_taken");
        (await access.Teams.ChangeAsync(Local, first.Id, static team => team with { Name = team.Name.Trim().ToUpperInvariant() }, Stamp, Cancellation)).Succeeded.ShouldBeTrue("It is its own name.");
        (await access.Teams.FindAsync(Local, second.Id, Cancellation)).ShouldBe(second);
    }

    /// <summary>Opens a fresh store; it goes when it is disposed.</summary>
    protected abstract Task<OpenedAccess> OpenAsync();

    private string NewId() => Guid.CreateVersion7(Noon.AddMilliseconds(++numbers)).ToString();

    private StoredKey Key(string org, string? engineer = null)
    {
        var id = NewId();
        return new(new() { Org = org, Id = id, Prefix = $"p{numbers:D7}", LastFour = "last", Name = "key", Role = engineer is null ? Role.Service : Role.Engineer, EngineerId = engineer, CreatedAt = Noon }, [1]);
    }

    private async Task<Org> OrgAsync(AccessUnderTest access)
    {
        var org = new Org(NewId(), "Other", Noon);
        await access.Orgs.AddAsync(org, Stamp with { Org = org.Id }, Cancellation);
        return org;
    }

    private async Task<Team> TeamAsync(AccessUnderTest access, string org)
    {
        var team = new Team(org, NewId(), $"Team {numbers}", Noon);
        await access.Teams.AddAsync(team, Stamp with { Org = org }, Cancellation);
        return team;
    }

    private async Task<Engineer> EngineerAsync(AccessUnderTest access, string org, string? team, string? email = null)
    {
        var id = NewId();
        var engineer = new Engineer { Org = org, Id = id, Name = "Dana", Email = email ?? $"{id}@example.org", TeamId = team, GithubUsername = "dana", CreatedAt = Noon };
        return (await access.Engineers.AddAsync(engineer, Key(org, id), Stamp with { Org = org }, Cancellation)).Value;
    }

    /// <summary>A store of people and keys, and what ends it.</summary>
    protected sealed class OpenedAccess(AccessUnderTest access, Func<ValueTask> close) : IAsyncDisposable
    {
        /// <summary>Its ports.</summary>
        public AccessUnderTest Access => access;

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => close();
    }
}
