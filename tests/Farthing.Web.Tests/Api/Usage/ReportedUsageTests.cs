using System.Text;
using Farthing.Web.Api.Usage;
using Farthing.Workflows.Access;
using static Farthing.Web.Tests.Api.Usage.UsageBodies;

namespace Farthing.Web.Tests.Api.Usage;

/// <summary>Whose usage a body is counted as.</summary>
public sealed class ReportedUsageTests
{
    private static readonly Caller Engineer = new() { Org = "acme", Role = Role.Engineer, EngineerId = "ada", TeamId = "core" };

    [Fact]
    public void Engineers_report_as_themselves()
    {
        var reading = Read(Event("a"), Engineer);

        var dimensions = reading.Events.ShouldHaveSingleItem().Dimensions;
        (dimensions.Org, dimensions.User, dimensions.Team).ShouldBe(("acme", "ada", "core"));
    }

    [Fact]
    public void Another_engineers_usage_is_refused_alone()
    {
        var reading = Read(Batch([Event("a", ",\"user\":\"bob\""), Event("b", ",\"user\":\"ada\"")]), Engineer);

        reading.Events.ShouldHaveSingleItem();
        (reading.Items[0].Problem!.Code, reading.Items[0].Problem!.Field).ShouldBe(("forbidden", "user"));
    }

    [Fact]
    public void Series_and_sessions_that_are_equal_are_the_same()
    {
        var reading = Read(Batch(Enumerable.Range(0, 100).Select(index => Event($"e{index}", ",\"session\":\"s\",\"project\":\"p\""))), Engineer);

        reading.Events.Select(usage => usage.Dimensions).Distinct(ReferenceEqualityComparer.Instance).ShouldHaveSingleItem();
        reading.Events.Select(usage => usage.Session).Distinct(ReferenceEqualityComparer.Instance).ShouldHaveSingleItem();
    }

    private static UsageReading Read(string body, Caller caller) =>
        UsageReading.Read(Encoding.UTF8.GetBytes(body), caller, TimeProvider.System.GetUtcNow()).Value;
}
