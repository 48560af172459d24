using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Analytics;
using Farthing.Workflows.Planning;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;
using Farthing.Workflows.Tests.Exploring;

namespace Farthing.Workflows.Tests.Analytics;

public sealed class MeasureProductivityTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_works_without_reporting_sessions_has_adopted_agents_too()
    {
        var measured = await MeasureAsync(new Tallies([new("somebody-else", 4, 2, 0)]));

        (measured.Engineers, measured.Adopters, measured.AdoptionPercent.Round(1)).ShouldBe((1, 1, 100));
    }

    [Fact]
    public async Task Days_that_are_asked_for_whole_are_all_counted() => (await MeasureAsync(new Tallies([]))).Days.ShouldBe(2);

    private static Task<Productivity> MeasureAsync(Tallies tallies)
    {
        var (usage, rating) = SampleSpend.Call(Start, "claude-sonnet-5", default);
        var spend = new MemorySpend([(usage with { Dimensions = usage.Dimensions with { User = "u1" } }, rating)]);
        var range = new SpendRange
        {
            Within = new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty),
            Zone = TimeZoneInfo.Utc,
            From = Start,
            To = Start.AddDays(2).AddMilliseconds(-1),
        };
        return new MeasureProductivity(spend, new ReportedJudgements(tallies), new FewPeople()).MeasureAsync(range, TestContext.Current.CancellationToken);
    }

    /// <summary>What was reported of sessions, counted already.</summary>
    private sealed class Tallies(IReadOnlyList<SessionTally> tallies) : IAgentSessions
    {
        public Task<IReadOnlyList<SessionTally>> TallyAsync(SessionQuery query, CancellationToken cancellationToken) => Task.FromResult(tallies);

        public Task<T> ChangeAsync<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AgentSession>> ListAsync(SessionQuery query, Page page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AgentSession?> FindAsync(Scope within, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<SessionFacts>> FactsAsync(SessionQuery query, Page page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<EngineerBillingMode>> BillingModesAsync(SessionQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
