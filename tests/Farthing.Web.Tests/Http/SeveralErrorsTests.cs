using Farthing.Web.Tests.Api;

namespace Farthing.Web.Tests.Http;

/// <summary>Requests of which several fields are wrong.</summary>
public sealed class SeveralErrorsTests
{
    [Theory]
    [InlineData("POST", "finops/budgets", """{"name":"","amount":"ten","alert_threshold_pct":101,"scope":"engineer","scope_id":"nobody","zone":"Mars"}""", "amount name zone alert_threshold_pct scope_id")]
    [InlineData("POST", "finops/budgets", """{"name":"","amount":1,"scope":"engineer","scope_id":"\u0000"}""", "name scope_id")]
    [InlineData("POST", "engineers", """{"name":"","email":"ada","team_id":"nowhere"}""", "name email team_id")]
    [InlineData("PATCH", "engineers/nobody", """{"name":"","email":"ada","role":"boss"}""", "role name email")]
    [InlineData("POST", "keys", """{"name":"","role":"boss","expires_at":"2001-01-01T00:00:00Z"}""", "role name expires_at")]
    [InlineData("POST", "wallets/w1/adjustments", """{"amount":"0","reason":""}""", "amount reason")]
    [InlineData("POST", "wallets/w1/grants", """{"amount":"many","category":"gift","priority":-1}""", "priority category amount")]
    [InlineData("POST", "wallets", """{"id":"a b","owner":{"kind":"nobody"}}""", "owner.kind id")]
    public async Task All_of_them_are_named_and_the_first_as_ever(string method, string path, string body, string fields)
    {
        await using var till = await Till.OpenAsync(engine: StoreEngine.Postgres);

        var answer = await till.Server.SendAsync(method, $"/api/v1/{path}", TestServer.AdminKey, body);

        (answer.Status, answer.ContentType).ShouldBe((422, "application/problem+json"), answer.Body);
        var errors = answer.Json.GetProperty("errors").EnumerateArray().ToList();
        errors.Select(static error => error.GetProperty("field").GetString()).ShouldBe(fields.Split(' '), answer.Body);
        (answer.Text("field"), answer.Code, answer.Text("detail")).ShouldBe(
            (errors[0].GetProperty("field").GetString(), errors[0].GetProperty("code").GetString(), errors[0].GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task One_alone_is_told_without_a_list()
    {
        await using var till = await Till.OpenAsync();

        var answer = await till.Server.SendAsync("POST", "/api/v1/engineers", TestServer.AdminKey, """{"name":"Ada","email":"ada"}""");

        (answer.Status, answer.Text("field"), answer.Json.TryGetProperty("errors", out _)).ShouldBe((422, "email", false));
    }
}
