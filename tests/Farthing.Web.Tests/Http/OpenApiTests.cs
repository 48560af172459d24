using Farthing.Web.Tests.Access;

namespace Farthing.Web.Tests.Http;

public sealed class OpenApiTests
{
    private const string Document = "/openapi/v1.json";

    [Fact]
    public async Task The_document_lists_exactly_the_endpoints_of_the_server()
    {
        await using var server = await TestServer.StartAsync();

        var paths = (await server.SendAsync("GET", Document)).Json.GetProperty("paths");

        var described = paths.EnumerateObject().SelectMany(
            static path => path.Value.EnumerateObject(), static (path, operation) => $"{operation.Name.ToUpperInvariant()} {path.Name}");
        described.Order(StringComparer.Ordinal).ShouldBe(
            MatrixTests.EndpointsOf(server).Where(static endpoint => endpoint != $"GET {Document}").Order(StringComparer.Ordinal));
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
}
