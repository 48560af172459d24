using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Sessions;

namespace Farthing.Bench.FinOps;

/// <summary>The people of the company in a store, and their sessions as clients report them: every one of them.</summary>
internal sealed class Staff(ITeams teams, IEngineers engineers, IAgentSessions sessions)
{
    private static readonly string[] Outcomes = ["success", "success", "success", "partial", "failure"];
    private static readonly string[] Kinds = ["feature", "bugfix", "refactor", "docs"];

    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Admin };

    private readonly ReportSessions report = new(sessions, engineers, new Rater(EmbeddedCatalog.Load()), TimeProvider.System);

    /// <summary>How many sessions were reported.</summary>
    public int Reported { get; private set; }

    /// <summary>Adds all teams and engineers.</summary>
    public async Task HireAsync()
    {
        var stamp = new AuditStamp(Dimensions.LocalOrg, "operator", string.Empty, Company.Now);
        for (var number = 0; number < Company.Teams; number++)
        {
            await teams.AddAsync(new(Dimensions.LocalOrg, Company.TeamOf(number), $"Team {number}", Company.Now), stamp, CancellationToken.None);
        }

        for (var number = 0; number < Company.Engineers; number++)
        {
            var engineer = new Engineer
            {
                Org = Dimensions.LocalOrg, Id = Company.UserOf(number), Name = $"Engineer {number}", Email = $"e{number}@example.com", TeamId = Company.TeamOf(number), CreatedAt = Company.Now,
            };
            var key = new ApiKey
            {
                Org = engineer.Org, Id = engineer.Id, Prefix = $"bn{number:x6}", Name = "none", Role = Role.Engineer, EngineerId = engineer.Id, CreatedAt = Company.Now, RevokedAt = Company.Now,
            };
            await engineers.AddAsync(engineer, new(key, new byte[32]), stamp, CancellationToken.None);
        }
    }

    /// <summary>Reports the sessions that calls were made in.</summary>
    public async Task ReportAsync(IReadOnlyList<RatedEvent> calls)
    {
        var reports = calls.GroupBy(static call => call.Usage.Session!.Key, StringComparer.Ordinal).Select(static session => ReportOf(session.Key, [.. session])).ToList();
        var results = await report.ReportAsync(Operator, reports, CancellationToken.None);
        Reported += results.Count(static result => result.Problem is null);
    }

    private static SessionReport ReportOf(string key, IReadOnlyList<RatedEvent> calls)
    {
        var chance = new Chance([.. key.Select(static letter => (int)letter)]);
        var (first, last) = (calls[0].Usage, calls[^1].Usage);
        return new()
        {
            SessionId = key,
            EngineerId = first.Dimensions.User,
            AgentType = first.Dimensions.Agent,
            ProjectName = first.Dimensions.Project,
            StartedAt = first.OccurredAt,
            EndedAt = last.OccurredAt,
            DurationMilliseconds = (long)(last.OccurredAt - first.OccurredAt).TotalMilliseconds,
            PrimaryModel = first.Dimensions.Model,
            BillingMode = first.Dimensions.BillingMode,
            Outcome = Outcomes[chance.Below(Outcomes.Length)],
            SessionType = Kinds[chance.Below(Kinds.Length)],
        };
    }
}
