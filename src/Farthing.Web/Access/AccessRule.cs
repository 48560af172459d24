using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;

namespace Farthing.Web.Access;

/// <summary>Who may call an endpoint. Every endpoint has one; without it the server refuses to start.</summary>
/// <param name="Anyone">Whether no key is asked for.</param>
/// <param name="Roles">The roles that may, besides the operator, who may whatever an admin may.</param>
internal sealed record AccessRule(bool Anyone, IReadOnlyList<Role> Roles)
{
    /// <summary>Whether a role may.</summary>
    public bool Allows(Role role) => Anyone || Roles.Contains(role) || (role == Role.Operator && Roles.Contains(Role.Admin));
}

/// <summary>Marks an endpoint that takes a key in its body when there is none in the headers.</summary>
internal sealed record KeyInBody;

/// <summary>How a route says who may call it.</summary>
internal static class AccessRules
{
    /// <summary>Lets these roles in, and the operator where an admin is let in.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder builder, params IReadOnlyList<Role> roles)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(Anyone: false, roles));

    /// <summary>Lets every role in.</summary>
    public static TBuilder AllowEveryRole<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(Enum.GetValues<Role>());

    /// <summary>Takes a key in the body too: the endpoint lets its sender in itself.</summary>
    public static TBuilder TakeKeyInBody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new KeyInBody());

    /// <summary>Asks for no key at all.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRule(Anyone: true, []));
}
