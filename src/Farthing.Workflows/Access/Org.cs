namespace Farthing.Workflows.Access;

/// <summary>An organisation: nothing of it is ever visible to another one.</summary>
/// <param name="Id">Names it for ever: a UUID, or <c>local</c> for the one that every store begins with.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedAt">Since when it exists.</param>
public sealed record Org(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The organisations of a store.</summary>
public interface IOrgs
{
    /// <summary>Adds one, with its line in the audit.</summary>
    Task AddAsync(Org org, AuditStamp stamp, CancellationToken cancellationToken);

    /// <summary>The organisation of an id; null when there is none.</summary>
    Task<Org?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>A page of them, in the order of their ids.</summary>
    Task<IReadOnlyList<Org>> ListAsync(Page page, CancellationToken cancellationToken);
}

/// <summary>What the operator does with organisations.</summary>
public sealed class ManageOrgs(IOrgs orgs, TimeProvider time)
{
    /// <summary>Founds one.</summary>
    public async Task<Result<Org>> CreateAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (AccessTexts.Check("name", name) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        var org = new Org(AccessTexts.NewId(now), name, now);
        await orgs.AddAsync(org, AuditStamp.Of(caller, now) with { Org = org.Id }, cancellationToken);
        return org;
    }
}
