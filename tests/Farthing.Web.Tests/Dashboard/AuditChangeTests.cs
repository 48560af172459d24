using Farthing.Web.Dashboard.Pages.Admin;
using Farthing.Workflows.Access;

namespace Farthing.Web.Tests.Dashboard;

/// <summary>What a line of the audit says has changed.</summary>
public sealed class AuditChangeTests
{
    [Theory]
    [InlineData("", """{"org":"local","id":"1","name":"Core","team_id":null}""", "name: → Core")]
    [InlineData("""{"id":"1","name":"Core","is_active":true}""", """{"id":"1","name":"Core","is_active":false}""", "is_active: true → false")]
    [InlineData("""{"team_id":"a","role":"admin"}""", """{"team_id":null,"role":"admin"}""", "team_id: a →")]
    [InlineData("""{"name":"gone"}""", "", "name: gone →")]
    [InlineData("""{"a":[1]}""", """{"a":[1]}""", "")]
    public void Only_what_is_different_is_told(string before, string after, string told) =>
        string.Join(", ", AuditChange.Of(LineOf(before, after)).Select(static change => $"{change.Field}: {change.Before} → {change.After}".Replace(":  ", ": ", StringComparison.Ordinal).Trim())).ShouldBe(told);

    [Fact]
    public void Long_texts_are_cut() => AuditChange.Of(LineOf("", $$"""{"name":"{{new string('a', 300)}}"}""")).Single().After!.Length.ShouldBe(121);

    private static AuditEntry LineOf(string before, string after) => new("1", new("local", "operator", string.Empty, DateTimeOffset.UnixEpoch), "team.changed", "1", before, after);
}
