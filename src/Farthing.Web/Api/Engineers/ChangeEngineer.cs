using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Engineers;

/// <summary>What is to change about an engineer; what is left out stays, an empty text takes a thing away.</summary>
internal sealed record ChangeEngineerRequest
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? TeamId { get; init; }

    public string? Role { get; init; }

    public bool? IsActive { get; init; }

    public string? AvatarUrl { get; init; }

    public string? GithubUsername { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>The change, with a role that is none.</summary>
    public EngineerChange ToChange() => new()
    {
        Name = Name,
        Email = Email,
        TeamId = TeamId,
        Role = RoleName.Parse(Role),
        IsActive = IsActive,
        AvatarUrl = AvatarUrl,
        GithubUsername = GithubUsername,
        DisplayName = DisplayName,
        Unread = Role is not null && RoleName.Parse(Role) is null ? EngineerChange.WrongRole : null,
    };
}

/// <summary>Changes an engineer, their role and team among it.</summary>
internal static class ChangeEngineer
{
    public static async Task<Results<Ok<EngineerAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeEngineerRequest request, Caller caller, ManageEngineers engineers, CancellationToken cancellationToken)
    {
        var result = await engineers.ChangeAsync(caller, id, request.ToChange(), cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(EngineerAnswer.Of(result.Value));
    }
}
