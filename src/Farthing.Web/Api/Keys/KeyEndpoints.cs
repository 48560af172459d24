using Farthing.Web.Access;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Api.Keys;

/// <summary>Keys: the admins' business only.</summary>
internal static class KeyEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/keys").WithTags("Keys").Allow(Role.Admin);
        keys.MapPost(string.Empty, CreateKey.HandleAsync).WithName(nameof(CreateKey));
        keys.MapGet(string.Empty, ListKeys.HandleAsync).WithName(nameof(ListKeys));
        keys.MapPost("/{id}/rotate", RotateKey.HandleAsync).WithName(nameof(RotateKey));
        keys.MapDelete("/{id}", RevokeKey.HandleAsync).WithName(nameof(RevokeKey));
    }
}

/// <summary>A key as it is answered: never its secret.</summary>
internal sealed record KeyAnswer
{
    public required string Id { get; init; }

    public required string Prefix { get; init; }

    public required string LastFour { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string? EngineerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? LastUsedAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The answer for a key.</summary>
    public static KeyAnswer Of(ApiKey key) => new()
    {
        Id = key.Id,
        Prefix = key.Prefix,
        LastFour = key.LastFour,
        Name = key.Name,
        Role = RoleName.Of(key.Role),
        EngineerId = key.EngineerId,
        CreatedAt = key.CreatedAt,
        LastUsedAt = key.LastUsedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
    };
}

/// <summary>A key that was just made.</summary>
/// <param name="Key">What may be seen of it.</param>
/// <param name="ApiKey">The key itself, shown this once.</param>
internal sealed record NewKeyAnswer(KeyAnswer Key, string ApiKey)
{
    /// <summary>The answer for a new key.</summary>
    public static NewKeyAnswer Of(NewKey key) => new(KeyAnswer.Of(key.Stored.Key), key.Secret);
}
