using Farthing.Domain.Usage;
using Farthing.Workflows.Sessions;
using FsCheck;
using FsCheck.Fluent;
using static Farthing.Storage.Tests.Contract.InventedSession;

namespace Farthing.Storage.Tests.Contract;

/// <summary>Whatever is reported of a session, and however often: what it counts for is what its last report says.</summary>
public abstract class AgentSessionLaws
{
    private static readonly Gen<SessionReport> Reports =
        from id in Gen.Elements("a", "b")
        from day in Gen.Elements<int?>(null, -40, 0, 0, 1)
        from agent in Gen.Elements("claude_code", "codex_cli")
        from branch in Gen.Elements("main", "dev")
        from usages in Gen.ArrayOf(
            from model in Gen.Elements(Model, OtherModel, "unheard-of")
            from input in Gen.Choose(0, 300_000)
            from cached in Gen.Choose(0, 200_000)
            select new ModelUsage(model, input, input / 7, cached, cached / 3),
            3)
        select new SessionReport
        {
            SessionId = id,
            StartedAt = day is { } shift ? Noon.AddDays(shift) : null,
            AgentType = agent,
            Branch = branch,
            ModelUsages = [.. usages.DistinctBy(usage => usage.Model)],
        };

    [Fact]
    public void Any_sequence_of_reports_leaves_the_sums_of_the_last_ones_alone() => Prop
        .ForAll(Gen.ArrayOf(Reports, 6).ToArbitrary(), reports => Await.Value(() => LeavesTheSumsOfTheLastAsync(reports)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithQuietOnSuccess(true).WithReplay(2026, 11));

    protected abstract StoreUnderTest Create();

    private async Task<bool> LeavesTheSumsOfTheLastAsync(SessionReport[] reports)
    {
        await using var resent = Create();
        foreach (var report in reports)
        {
            await resent.SendAsync(report);
        }

        await using var last = Create();
        foreach (var group in reports.GroupBy(report => report.SessionId))
        {
            // What the last report does not tell, an earlier one does.
            var told = group.Last() with { StartedAt = group.LastOrDefault(report => report.StartedAt is not null)?.StartedAt };
            await last.SendAsync(told);
        }

        (await resent.SumsAsync()).ShouldBe(await last.SumsAsync());
        (await resent.DescribeAsync()).ShouldBe(await last.DescribeAsync());
        return true;
    }
}
