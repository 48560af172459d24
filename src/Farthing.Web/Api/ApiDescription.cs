using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Farthing.Web.Api;

/// <summary>The OpenAPI document, made of the endpoints themselves: what it is called, which keys it takes, who may call what.</summary>
internal static class ApiDescription
{
    private const string KeyScheme = "api_key";

    /// <summary>Sets what the endpoints do not say themselves.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Farthing",
                Version = "v1",
                Description = "Metering and billing for AI coding agents. Refusals are application/problem+json with a stable 'code', a 'detail' for people and the offending 'field'; where several fields are wrong, 'errors' names them all.",
            };
            document.Servers = [];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, fk_…; 'x-api-key' takes it too." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault() is { Anyone: false } rule)
            {
                operation.Description = $"{operation.Description} For: {string.Join(", ", rule.Roles.Select(RoleName.Of))}.".TrimStart();
                operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
    }
}
