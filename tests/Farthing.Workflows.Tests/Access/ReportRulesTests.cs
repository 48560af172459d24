using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Access;

public sealed class ReportRulesTests
{
    [Theory]
    [InlineData(Role.Engineer, "ada", "core", "", "", "ada", "core")]
    [InlineData(Role.Engineer, "ada", "core", "ada", "core", "ada", "core")]
    [InlineData(Role.Engineer, "ada", "", "", "", "ada", "")]
    [InlineData(Role.TeamLead, "lea", "core", "", "", "lea", "core")]
    [InlineData(Role.TeamLead, "lea", "core", "ada", "", "ada", "core")]
    [InlineData(Role.TeamLead, "lea", "", "", "", "lea", "")]
    [InlineData(Role.Service, "", "", "", "", "", "")]
    [InlineData(Role.Service, "", "", "ada", "core", "ada", "core")]
    [InlineData(Role.Admin, "boss", "top", "", "", "boss", "top")]
    [InlineData(Role.Admin, "boss", "top", "boss", "", "boss", "top")]
    [InlineData(Role.Admin, "boss", "top", "boss", "other", "boss", "other")]
    [InlineData(Role.Admin, "boss", "top", "ada", "", "ada", "")]
    public void What_an_event_does_not_say_is_taken_from_the_caller(
        Role role, string engineer, string ownTeam, string user, string team, string reportedUser, string reportedTeam)
    {
        var caller = new Caller { Org = "acme", Role = role, EngineerId = engineer, TeamId = ownTeam };

        ReportRules.WhoseUsage(caller, user, team).Value.ShouldBe(new(reportedUser, reportedTeam));
    }

    [Theory]
    [InlineData(Role.Engineer, "ada", "core", "bob", "", "user")]
    [InlineData(Role.Engineer, "ada", "core", "ADA", "", "user")]
    [InlineData(Role.Engineer, "ada", "core", "", "other", "team")]
    [InlineData(Role.Engineer, "ada", "", "", "other", "team")]
    [InlineData(Role.Engineer, "", "", "", "", "user")]
    [InlineData(Role.TeamLead, "lea", "core", "ada", "other", "team")]
    [InlineData(Role.TeamLead, "lea", "", "ada", "", "user")]
    [InlineData(Role.TeamLead, "", "", "", "", "user")]
    public void Nobody_reports_what_is_not_theirs(Role role, string engineer, string ownTeam, string user, string team, string field)
    {
        var caller = new Caller { Org = "acme", Role = role, EngineerId = engineer, TeamId = ownTeam };

        var problem = ReportRules.WhoseUsage(caller, user, team).Problem!;

        (problem.Code, problem.Field).ShouldBe(("forbidden", field));
    }
}
