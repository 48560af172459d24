using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Sessions;

namespace Farthing.Demo;

/// <summary>
/// Puts the people of the demo into its store: teams, calls, sessions and budgets, by the same workflows as those of the API.
/// Their keys are revoked: nobody ever had them.
/// </summary>
internal sealed class DemoPeople
{
    private const string Org = Dimensions.LocalOrg;
    private const int BatchMax = 4_000;
    private const int HashBytes = 32;
    private static readonly Caller Operator = new() { Org = Org, Role = Role.Operator };

    private readonly UsageStores stores;
    private readonly FinopsPorts ports;
    private readonly Rater rater;
    private readonly TimeProvider time;
    private readonly TimeZoneInfo zone;
    private readonly CancellationToken cancellationToken;

    private DemoPeople(UsageStores stores, Rater rater, TimeProvider time, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        (this.stores, this.rater, this.time, this.zone, this.cancellationToken) = (stores, rater, time, zone, cancellationToken);
        ports = FinopsPorts.Of(stores);
    }

    /// <summary>Puts them in.</summary>
    /// <param name="stores">The store of the demo.</param>
    /// <param name="rater">Prices their calls.</param>
    /// <param name="time">The last call is made just before now.</param>
    /// <param name="zone">Whose days their budgets count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many calls they made.</returns>
    public static Task<int> WriteAsync(UsageStores stores, Rater rater, TimeProvider time, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        new DemoPeople(stores, rater, time, zone, cancellationToken).WriteAsync();

    private async Task<int> WriteAsync()
    {
        var now = AccessTexts.Now(time);
        await HireAsync(now.AddDays(-DemoWork.Days));
        var work = DemoWork.Until(now);
        List<RatedEvent> rated = [.. work.Calls.Select(call => new RatedEvent(call, rater.Rate(call), string.Empty))];
        await stores.Usage.AppendPartsAsync(rated.Chunk(BatchMax).Select(static batch => new UsageBatch(batch, [])).ToAsyncEnumerable(), cancellationToken);
        await ReportAsync(work.Reports);
        await DemoBudgets.WriteAsync(ports, time, zone, rated, cancellationToken);
        return rated.Count;
    }

    private async Task HireAsync(DateTimeOffset at)
    {
        var stamp = new AuditStamp(Org, Operator.Actor, string.Empty, at);
        foreach (var team in DemoPerson.Teams)
        {
            await ports.Teams.AddAsync(new(Org, team.Id, team.Name, at), stamp, cancellationToken);
        }

        foreach (var person in DemoPerson.All)
        {
            var engineer = new Engineer { Org = Org, Id = person.Id, Name = person.Name, Email = person.Email, TeamId = person.Team.Id, Role = person.Role, CreatedAt = at };
            var key = new ApiKey { Org = Org, Id = person.Id, Prefix = person.Id, Name = "engineer's key", Role = person.Role, EngineerId = person.Id, CreatedAt = at, RevokedAt = at };
            Made((await ports.Engineers.AddAsync(engineer, new(key, new byte[HashBytes]), stamp, cancellationToken)).Problem);
        }
    }

    private async Task ReportAsync(IReadOnlyList<SessionReport> reports)
    {
        foreach (var result in await new ReportSessions(ports.Sessions, ports.Engineers, rater, time).ReportAsync(Operator, reports, cancellationToken))
        {
            Made(result.Problem);
        }
    }

    /// <summary>Has everything that is refused stop the demo: it is a mistake in the demo.</summary>
    internal static void Made(Workflows.Problem? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException($"The demo cannot be made up: {problem.Detail}");
        }
    }
}
