using Farthing.Testing;
using Farthing.Web.Tests.Api;
using Farthing.Workflows.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests.Access;

/// <summary>Who changed what, as those read it who answer for it.</summary>
public sealed class AuditTests
{
    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgres)]
    public async Task A_change_of_a_wallet_is_told_with_what_was_there_before(StoreEngine engine)
    {
        await using var till = await Till.OpenAsync(engine: engine);
        await till.PatchAsync("wallets/w1", """{"state":"frozen","overdraft":{"policy":"deny"}}""");

        var item = (await till.GetAsync("audit?object_id=w1&action=wallet.changed")).Json.GetProperty("items").EnumerateArray().Single();

        (item.GetProperty("actor").GetString(), item.GetProperty("object_id").GetString()).ShouldBe(("operator", "w1"));
        item.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        item.GetProperty("at").GetDateTimeOffset().ShouldBe(till.Time.Now);
        item.GetProperty("before").GetProperty("state").GetString().ShouldBe("Active");
        item.GetProperty("after").GetProperty("state").GetString().ShouldBe("Frozen");
        item.GetProperty("after").GetProperty("overdraft").GetString().ShouldBe("Deny");
    }

    [Fact]
    public async Task The_audit_comes_in_pages_and_narrows_to_what_is_asked_for()
    {
        await using var till = await Till.OpenAsync();
        for (var number = 0; number < 3; number++)
        {
            till.Time.Move(TimeSpan.FromMinutes(1));
            await till.PatchAsync("wallets/w1", $$"""{"name":"n{{number}}"}""");
        }

        var first = (await till.GetAsync("audit?action=wallet.changed&limit=2")).Json;
        var rest = (await till.GetAsync($"audit?action=wallet.changed&limit=2&after={first.GetProperty("next").GetString()}")).Json;
        var early = (await till.GetAsync($"audit?actor=operator&to={Uri.EscapeDataString($"{till.Time.Now.AddMinutes(-2):O}")}")).Json;

        first.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("after").GetProperty("name").GetString()).ShouldBe(["n2", "n1"]);
        rest.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("after").GetProperty("name").GetString()).ShouldBe(["n0"]);
        early.GetProperty("items").EnumerateArray().ShouldNotContain(static item => item.GetProperty("action").GetString() == "wallet.changed");
        (await till.GetAsync("audit?actor=key:nobody")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await till.GetAsync("audit?limit=0")).Status.ShouldBe(422);
        (await till.GetAsync("audit?from=yesterday")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Beyond_the_limit_a_wrong_key_is_refused_before_anything_is_read()
    {
        var keys = new CountedKeys();
        await using var server = await TestServer.StartAsync(new()
        {
            WrongKeysMax = 3,
            Time = new ManualTime(),
            Replace = services =>
            {
                keys.Kept = (IKeys)services.Last(static service => service.ServiceType == typeof(IKeys)).ImplementationInstance!;
                services.AddSingleton<IKeys>(keys);
            },
        });
        var right = await TestPeople.KeyAsync(server, Role.Admin);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await server.SendAsync("GET", "/api/v1/keys", $"fk_aaaaaaa{attempt}_" + new string('A', 43))).Status.ShouldBe(401);
        }

        var reads = keys.Reads;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await server.SendAsync("GET", "/api/v1/keys", $"fk_aaaaaaab_" + new string('A', 43))).Status.ShouldBe(429);
        }

        keys.Reads.ShouldBe(reads);
        (await server.SendAsync("GET", "/api/v1/keys", right)).Status.ShouldBe(200);
    }

    /// <summary>Keys of a store, with a count of how often one was looked for.</summary>
    private sealed class CountedKeys : IKeys
    {
        private int reads;

        public IKeys? Kept { get; set; }

        public int Reads => reads;

        public Task AddAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => Kept!.AddAsync(key, stamp, cancellationToken);

        public Task<KeyHolder?> FindAsync(string prefix, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            return Kept!.FindAsync(prefix, cancellationToken);
        }

        public Task<IReadOnlyList<ApiKey>> ListAsync(KeyQuery query, CancellationToken cancellationToken) => Kept!.ListAsync(query, cancellationToken);

        public Task<StoredKey?> ChangeAsync(string org, string id, Func<StoredKey, StoredKey> change, AuditStamp stamp, CancellationToken cancellationToken) =>
            Kept!.ChangeAsync(org, id, change, stamp, cancellationToken);

        public Task TouchAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken) => Kept!.TouchAsync(used, cancellationToken);
    }
}
