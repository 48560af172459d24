using Farthing.Domain.Usage;
using Farthing.Web.Api.Usage;
using Farthing.Web.Tests.Access;

namespace Farthing.Web.Tests.Http;

public sealed class OpenApiTests
{
    private const string Document = "/openapi/v1.json";

    [Fact]
    public async Task The_document_lists_exactly_the_endpoints_of_the_API()
    {
        await using var server = await TestServer.StartAsync();

        var paths = (await server.SendAsync("GET", Document)).Json.GetProperty("paths");

        var described = paths.EnumerateObject().SelectMany(
            static path => path.Value.EnumerateObject(), static (path, operation) => $"{operation.Name.ToUpperInvariant()} {path.Name}");
        described.Order(StringComparer.Ordinal).ShouldBe(
            MatrixContract.EndpointsOf(server).Where(static endpoint => endpoint.Contains(" /api/") || endpoint is "GET /healthz" or "GET /readyz").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_says_which_key_it_takes()
    {
        await using var server = await TestServer.StartAsync();

        var operations = (await server.SendAsync("GET", Document)).Json.GetProperty("paths").EnumerateObject()
            .Where(static path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(static path => path.Value.EnumerateObject()).Select(static operation => operation.Value).ToList();

        operations.Select(static operation => operation.GetProperty("operationId").GetString()).ShouldBeUnique();
        operations.ShouldAllBe(static operation => operation.GetProperty("security").GetArrayLength() == 1);
    }

    [Theory]
    [InlineData("finops/budgets", "get", "404 422")]
    [InlineData("finops/budgets/{id}", "patch", "404 422")]
    [InlineData("alerts/detect", "post", "404 422")]
    [InlineData("alert-configs/policy", "get", "404 422")]
    [InlineData("notifications/{id}/retry", "post", "404")]
    [InlineData("sessions", "get", "404 422")]
    public async Task Refusals_are_listed(string path, string method, string statuses)
    {
        await using var server = await TestServer.StartAsync();

        var paths = (await server.SendAsync("GET", Document)).Json.GetProperty("paths");
        var found = paths.EnumerateObject().Single(known => known.Name.TrimEnd('/') == $"/api/v1/{path}");
        var listed = found.Value.GetProperty(method).GetProperty("responses").EnumerateObject().Select(static response => response.Name).ToList();

        statuses.Split(' ').ShouldBeSubsetOf(listed);
    }

    [Fact]
    public async Task The_body_of_usage_is_described_member_by_member()
    {
        await using var server = await TestServer.StartAsync();

        var document = (await server.SendAsync("GET", Document)).Json;

        var body = document.GetProperty("paths").GetProperty("/api/v1/usage").GetProperty("post").GetProperty("requestBody");
        body.GetProperty("required").GetBoolean().ShouldBeTrue();
        var forms = body.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("oneOf");
        forms.GetArrayLength().ShouldBe(3);
        forms[2].GetProperty("$ref").GetString().ShouldBe("#/components/schemas/UsageEvent");
        var described = document.GetProperty("components").GetProperty("schemas").GetProperty("UsageEvent");
        described.GetProperty("properties").EnumerateObject().Select(static member => member.Name).ShouldBe(
            Enum.GetValues<UsageField>().Where(static field => field != UsageField.Unknown).Select(UsageFieldName.Of), ignoreOrder: true);
        described.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).ShouldBe(["id", "model"], ignoreOrder: true);
        var write = described.GetProperty("properties").GetProperty("cache_write_5m_tokens");
        (write.GetProperty("type").GetString(), write.GetProperty("maximum").GetInt64()).ShouldBe(("integer", TokenCounts.ClassMax));
    }

    [Fact]
    public async Task No_name_in_any_body_has_a_number_without_a_mark_before_it()
    {
        await using var server = await TestServer.StartAsync();

        var schemas = (await server.SendAsync("GET", Document)).Json.GetProperty("components").GetProperty("schemas");

        var names = schemas.EnumerateObject()
            .Where(static schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(static schema => schema.Value.GetProperty("properties").EnumerateObject(), static (schema, member) => $"{schema.Name}.{member.Name}")
            .ToList();
        names.ShouldContain("TokensAnswer.cache_write_5m");
        names.ShouldContain("CostAnswer.cache_write_1h");
        names.Where(static name => name.Zip(name.Skip(1)).Any(static pair => char.IsAsciiLetter(pair.First) && char.IsAsciiDigit(pair.Second))).ShouldBeEmpty();
    }
}
