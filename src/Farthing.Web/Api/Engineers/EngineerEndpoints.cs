using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Engineers;

/// <summary>Engineers: admins manage them, finance may look.</summary>
internal static class EngineerEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var engineers = routes.MapGroup("/engineers").WithTags("Engineers");
        engineers.MapPost(string.Empty, CreateEngineer.HandleAsync).WithName(nameof(CreateEngineer)).Allow(Role.Admin);
        engineers.MapGet(string.Empty, ListEngineers.HandleAsync).WithName(nameof(ListEngineers)).Allow(Role.Admin, Role.Finance);
        engineers.MapGet("/{id}", GetEngineer.HandleAsync).WithName(nameof(GetEngineer)).Allow(Role.Admin, Role.Finance);
        engineers.MapPatch("/{id}", ChangeEngineer.HandleAsync).WithName(nameof(ChangeEngineer)).Allow(Role.Admin);
        engineers.MapDelete("/{id}", DeactivateEngineer.HandleAsync).WithName(nameof(DeactivateEngineer)).Allow(Role.Admin);
        engineers.MapPost("/{id}/rotate-key", RotateEngineerKey.HandleAsync).WithName(nameof(RotateEngineerKey)).Allow(Role.Admin);
    }
}

/// <summary>An engineer as they are answered.</summary>
internal sealed record EngineerAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string? TeamId { get; init; }

    public required string Role { get; init; }

    public required bool IsActive { get; init; }

    public required string? AvatarUrl { get; init; }

    public required string? GithubUsername { get; init; }

    public required string? DisplayName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The answer for an engineer.</summary>
    public static EngineerAnswer Of(Engineer engineer) => new()
    {
        Id = engineer.Id,
        Name = engineer.Name,
        Email = engineer.Email,
        TeamId = engineer.TeamId,
        Role = RoleName.Of(engineer.Role),
        IsActive = engineer.IsActive,
        AvatarUrl = engineer.AvatarUrl,
        GithubUsername = engineer.GithubUsername,
        DisplayName = engineer.DisplayName,
        CreatedAt = engineer.CreatedAt,
    };
}

/// <summary>An engineer and the key that was just made for them.</summary>
/// <param name="Engineer">The engineer.</param>
/// <param name="ApiKey">The key, shown this once.</param>
internal sealed record EngineerKeyAnswer(EngineerAnswer Engineer, string ApiKey)
{
    /// <summary>The answer for an engineer with a new key.</summary>
    public static EngineerKeyAnswer Of(EngineerWithKey made) => new(EngineerAnswer.Of(made.Engineer), made.Secret);
}
