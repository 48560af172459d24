using System.Globalization;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Tests.Access;

/// <summary>Every endpoint of the running server, asked by everybody, for everybody's object.</summary>
public abstract class MatrixContract(StoreEngine engine)
{
    private static readonly Owner[] Owners = Enum.GetValues<Owner>();

    private int numbers;

    /// <summary>The endpoints of a running server: <c>GET /api/v1/teams/{id}</c>.</summary>
    internal static IReadOnlyList<string> EndpointsOf(TestServer server) =>
    [
        .. from source in ((IEndpointRouteBuilder)server.App).DataSources
           from endpoint in source.Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
           select $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}",
    ];

    [Fact]
    public async Task Every_endpoint_has_a_line_and_every_line_an_endpoint()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        var lines = MatrixLine.ReadAll().Select(line => line.Endpoint).ToList();

        var endpoints = EndpointsOf(server);

        endpoints.Except(lines).ShouldBeEmpty("These endpoints need a line in matrix.txt.");
        lines.Except(endpoints).ShouldBeEmpty("These lines have no endpoint any more.");
        lines.ShouldBeUnique();
    }

    [Fact]
    public async Task Everybody_is_answered_as_the_matrix_says()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        var people = await TestPeople.SeedAsync(server);
        var nobodies = await NobodiesAsync(server);
        var differences = new List<string>();

        foreach (var line in MatrixLine.ReadAll())
        {
            foreach (var (who, key) in nobodies)
            {
                await CompareAsync(server, people, line, who, key, Owner.OwnTeam, line.Nobody, differences);
            }

            foreach (var ((who, key), expected) in Callers(people).Zip(line.Roles))
            {
                foreach (var owner in line.ObjectKind is null ? [Owner.Self] : Owners)
                {
                    await CompareAsync(server, people, line, who, key, owner, expected[expected.Length == 1 ? 0 : (int)owner], differences);
                }
            }
        }

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_organisation_has_is_answered_exactly_as_what_nobody_has()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Engine = engine });
        var people = await TestPeople.SeedAsync(server);

        foreach (var line in MatrixLine.ReadAll().Where(line => line.ObjectKind is not null))
        {
            var foreign = await SendAsync(server, people, line, people.Admin.Key, await MatrixObjects.All[line.ObjectKind!](server, people, Owner.OtherOrg));
            var missing = await SendAsync(server, people, line, people.Admin.Key, Guid.CreateVersion7().ToString());

            foreign.ShouldBe(missing, line.Endpoint);
            foreign.Status.ShouldBe(404, line.Endpoint);
        }
    }

    private static IEnumerable<(string Who, string Key)> Callers(TestPeople people) =>
    [
        ("engineer", people.Engineer.Key), ("lead", people.Lead.Key), ("lead without team", people.LeadWithoutTeam.Key), ("finance", people.Finance.Key),
        ("service", people.Service.Key), ("admin", people.Admin.Key), ("operator", TestServer.AdminKey), ("admin of another organisation", people.ForeignAdmin.Key),
    ];

    private static async Task<IReadOnlyList<(string Who, string? Key)>> NobodiesAsync(TestServer server)
    {
        var keys = server.Get<ManageKeys>();
        var revoked = (await keys.CreateAsync(TestPeople.Operator(), new() { Name = "revoked", Role = Role.Admin }, TestServer.Cancellation)).Value;
        await keys.RevokeAsync(TestPeople.Operator(), revoked.Stored.Key.Id, TestServer.Cancellation);
        var ring = server.Get<KeyRing>();
        var past = DateTimeOffset.UnixEpoch;
        var expired = ring.Make(new() { Org = "local", Id = Guid.CreateVersion7().ToString(), Name = "expired", Role = Role.Admin, CreatedAt = past, ExpiresAt = past });
        await server.Get<IKeys>().AddAsync(expired.Stored, AuditStamp.Of(TestPeople.Operator(), past), TestServer.Cancellation);
        return [("nobody", null), ("wrong key", "fk_aaaaaaaa_" + new string('A', 43)), ("revoked key", revoked.Secret), ("expired key", expired.Secret)];
    }

    private static string Month(int number) => new DateOnly(200, 1, 1).AddMonths(number % 20_000).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private async Task CompareAsync(
        TestServer server, TestPeople people, MatrixLine line, string who, string? key, Owner owner, int expected, List<string> differences)
    {
        var id = line.ObjectKind is { } kind ? await MatrixObjects.All[kind](server, people, owner) : string.Empty;
        var answer = await SendAsync(server, people, line, key, id);
        if (answer.Status != expected)
        {
            differences.Add($"{line.Endpoint}: {who} on {owner}: {answer.Status} instead of {expected} {answer.Body}");
        }
    }

    private Task<TestAnswer> SendAsync(TestServer server, TestPeople people, MatrixLine line, string? key, string id)
    {
        numbers++;
        var body = line.Body?
            .Replace("{n}", numbers.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{team}", people.Team, StringComparison.Ordinal)
            .Replace("{engineer}", people.Engineer.EngineerId, StringComparison.Ordinal);
        var path = line.Path.Replace("{id}", id, StringComparison.Ordinal).Replace("{month}", Month(numbers), StringComparison.Ordinal);
        return server.SendAsync(line.Method, path, key, body);
    }
}

/// <summary>The matrix over the embedded store.</summary>
public sealed class MatrixOnSqliteTests() : MatrixContract(StoreEngine.Sqlite);

/// <summary>The matrix over PostgreSQL.</summary>
public sealed class MatrixOnPostgresTests() : MatrixContract(StoreEngine.Postgres);
