using Farthing.Reports;
using Farthing.Serving;
using Farthing.Workflows;
using Farthing.Workflows.Access;

namespace Farthing.Keys;

/// <summary>What the operator does with keys at the command line, on the store of the settings.</summary>
/// <param name="context">What commands are given.</param>
/// <param name="org">Whose keys.</param>
internal sealed class KeyDesk(CommandContext context, string org)
{
    private Caller Operator => new() { Org = org, Role = Role.Operator };

    /// <summary>Makes a key and writes it, this once: alone to the standard output, so that a script can take it.</summary>
    public async Task<int> CreateAsync(KeyRequest request, bool json, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(cancellationToken);
        return await ShowNewAsync(await Manage(stores).CreateAsync(Operator, request, cancellationToken), json);
    }

    /// <summary>Gives a key a new secret and writes it.</summary>
    public async Task<int> RotateAsync(string name, bool json, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(cancellationToken);
        var id = await IdOfAsync(stores, name, cancellationToken);
        return await ShowNewAsync(await Manage(stores).RotateAsync(Operator, id, cancellationToken), json);
    }

    /// <summary>Revokes a key.</summary>
    public async Task<int> RevokeAsync(string name, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(cancellationToken);
        var result = await Manage(stores).RevokeAsync(Operator, await IdOfAsync(stores, name, cancellationToken), cancellationToken);
        if (result.Problem is { } problem)
        {
            return await RefuseAsync(problem);
        }

        await context.Error.WriteLineAsync(DisplayText.Clean($"Revoked '{result.Value.Name}'. Servers that run refuse it within five seconds."));
        return ExitCode.Success;
    }

    /// <summary>Lists the keys.</summary>
    public async Task<int> ListAsync(bool json, CancellationToken cancellationToken)
    {
        await using var stores = await OpenAsync(cancellationToken);
        var keys = await AllAsync(stores, cancellationToken);
        if (json)
        {
            KeyJson.WriteList(context.Out, keys);
        }
        else
        {
            KeyListPage.Show(context, keys);
        }

        return ExitCode.Success;
    }

    private async Task<ServerStores> OpenAsync(CancellationToken cancellationToken)
    {
        var stores = await ServerStores.OpenAsync(context, cancellationToken);
        if (await stores.Orgs.FindAsync(org, cancellationToken) is not null)
        {
            return stores;
        }

        await stores.DisposeAsync();
        throw new SettingsException($"'{DisplayText.Clean(org)}' is not the id of an organisation of this store.");
    }

    private ManageKeys Manage(ServerStores stores) => new(stores.Keys, stores.Engineers, stores.KeyRing(context.Time), context.Time);

    private async Task<int> ShowNewAsync(Result<NewKey> result, bool json)
    {
        if (result.Problem is { } problem)
        {
            return await RefuseAsync(problem);
        }

        if (json)
        {
            KeyJson.WriteNew(context.Out, result.Value);
            return ExitCode.Success;
        }

        await context.Out.WriteLineAsync(result.Value.Secret);
        await context.Error.WriteLineAsync($"This key acts as {RoleName.Of(result.Value.Stored.Key.Role)}. Keep it now: nobody can be shown it again.");
        return ExitCode.Success;
    }

    /// <summary>The id of a key that is named by its prefix, with or without <c>fk_</c>; any other name is taken for the id.</summary>
    private async Task<string> IdOfAsync(ServerStores stores, string name, CancellationToken cancellationToken)
    {
        var prefix = name.StartsWith("fk_", StringComparison.Ordinal) ? name[3..] : name;
        return await stores.Keys.FindAsync(prefix, cancellationToken) is { Stored.Key: { } key } && key.Org == org ? key.Id : name;
    }

    private async Task<List<ApiKey>> AllAsync(ServerStores stores, CancellationToken cancellationToken)
    {
        var all = new List<ApiKey>();
        await foreach (var some in Page.AllAsync(page => stores.Keys.ListAsync(org, page, cancellationToken), static key => key.Id))
        {
            all.AddRange(some);
        }

        return all;
    }

    private async Task<int> RefuseAsync(Problem problem)
    {
        await context.Error.WriteLineAsync(problem.Detail);
        return problem.Kind == ProblemKind.NotFound ? ExitCode.Failure : ExitCode.Usage;
    }
}
