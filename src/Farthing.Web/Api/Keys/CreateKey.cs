using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Farthing.Web.Api.Keys;

/// <summary>A key to be made: with a role for the organisation, or with an engineer, whose role it then has.</summary>
internal sealed record CreateKeyRequest(string Name, string? Role = null, string? EngineerId = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The request, with a role that is none.</summary>
    public KeyRequest ToRequest() => new()
    {
        Name = Name,
        Role = RoleName.Parse(Role),
        EngineerId = EngineerId,
        ExpiresAt = ExpiresAt,
        Unread = Role is not null && RoleName.Parse(Role) is null ? KeyRequest.WrongRole : null,
    };
}

/// <summary>Makes a key and shows it, this once.</summary>
internal static class CreateKey
{
    public static async Task<Results<Created<NewKeyAnswer>, ProblemHttpResult>> HandleAsync(
        CreateKeyRequest body, Caller caller, ManageKeys keys, CancellationToken cancellationToken)
    {
        var result = await keys.CreateAsync(caller, body.ToRequest(), cancellationToken);
        return result.Problem is { } problem ? problem.ToHttp() : TypedResults.Created((string?)null, NewKeyAnswer.Of(result.Value));
    }
}
