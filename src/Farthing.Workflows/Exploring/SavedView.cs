using Farthing.Workflows.Access;

namespace Farthing.Workflows.Exploring;

/// <summary>A view of spend that somebody keeps under a name.</summary>
public sealed record SavedView
{
    /// <summary>Whose organisation's it is.</summary>
    public required string Org { get; init; }

    /// <summary>Names it for ever.</summary>
    public required string Id { get; init; }

    /// <summary>Who keeps it, as <see cref="ManageViews"/> names them.</summary>
    public required string Owner { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The state of the view, as the query of its address.</summary>
    public required string Query { get; init; }

    /// <summary>Whether everybody of the organisation sees it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Since when it is kept.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The views of a store.</summary>
public interface ISavedViews
{
    /// <summary>
    /// Adds one; refused when its owner keeps as many as may be, or another one of which <see cref="ItemNames.AreSame">the name is
    /// the same</see>. Null when it worked.
    /// </summary>
    Task<Problem?> AddAsync(SavedView view, int ownedMax, CancellationToken cancellationToken);

    /// <summary>The one of an id; null when the organisation has none.</summary>
    Task<SavedView?> FindAsync(string org, string id, CancellationToken cancellationToken);

    /// <summary>Those that an owner keeps and those that are shared, by name.</summary>
    Task<IReadOnlyList<SavedView>> ListAsync(string org, string owner, int limit, CancellationToken cancellationToken);

    /// <summary>Changes name and sharing of one; refused when the organisation has none of that id, or its owner another one of the new name. Null when it worked.</summary>
    Task<Problem?> ChangeAsync(string org, string id, string name, bool isShared, CancellationToken cancellationToken);

    /// <summary>Removes one; false when the organisation has none of that id.</summary>
    Task<bool> RemoveAsync(string org, string id, CancellationToken cancellationToken);
}

/// <summary>
/// Keeps views. What a view shows is always within the scope of whoever looks, so sharing one shows nobody more. Only its
/// owner changes it, and admins what is shared; what others keep for themselves is not there for anybody else.
/// </summary>
public sealed class ManageViews(ISavedViews views, TimeProvider time)
{
    /// <summary>The most characters of a name.</summary>
    public const int NameLengthMax = 80;

    /// <summary>The most characters of a view's query.</summary>
    public const int QueryLengthMax = 4_096;

    /// <summary>The most views that somebody keeps.</summary>
    public const int OwnedMax = 100;

    private const int ListedMax = 500;
    private const string EngineerPrefix = "engineer:";
    private const string RolePrefix = "role:";

    /// <summary>There is no such view, or not for whoever asks.</summary>
    public static Problem NotThere { get; } = Problem.NotFound("view");

    /// <summary>Two views of one name could not be told apart.</summary>
    public static Problem NameTaken { get; } = ItemNames.Taken("Another view of yours has this name.");

    /// <summary>There is no room for one more.</summary>
    public static Problem TooMany { get; } = Problem.Invalid("name", $"You keep {OwnedMax} views already; delete one first.");

    /// <summary>Who keeps a caller's views: the engineer, or without one everybody of the same role.</summary>
    public static string OwnerOf(Caller caller) => caller.EngineerId.Length > 0 ? EngineerPrefix + caller.EngineerId : RolePrefix + RoleName.Of(caller.Role);

    /// <summary>The views that a caller sees, by name.</summary>
    public Task<IReadOnlyList<SavedView>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        views.ListAsync(caller.Org, OwnerOf(caller), ListedMax, cancellationToken);

    /// <summary>Whether a caller may change a view.</summary>
    public static bool MayChange(Caller caller, SavedView view) =>
        view.Owner == OwnerOf(caller) || (view.IsShared && caller.Role is Role.Admin or Role.Operator);

    /// <summary>Keeps one.</summary>
    public async Task<Result<SavedView>> SaveAsync(Caller caller, string name, string query, bool isShared, CancellationToken cancellationToken)
    {
        if ((Check(name) ?? (query.Length > QueryLengthMax ? Problem.Invalid("name", "This view has too many filters to be kept.") : null)) is { } problem)
        {
            return problem;
        }

        var now = AccessTexts.Now(time);
        var view = new SavedView
        {
            Org = caller.Org, Id = AccessTexts.NewId(now), Owner = OwnerOf(caller), Name = name, Query = query, IsShared = isShared, CreatedAt = now,
        };
        return await views.AddAsync(view, OwnedMax, cancellationToken) is { } refused ? refused : view;
    }

    /// <summary>Renames one and shares it or no more; null when it worked.</summary>
    public async Task<Problem?> ChangeAsync(Caller caller, string id, string name, bool isShared, CancellationToken cancellationToken) =>
        await RefusalAsync(caller, id, cancellationToken) ?? Check(name)
        ?? await views.ChangeAsync(caller.Org, id, name, isShared, cancellationToken);

    /// <summary>Removes one; null when it worked.</summary>
    public async Task<Problem?> RemoveAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        await RefusalAsync(caller, id, cancellationToken) ?? (await views.RemoveAsync(caller.Org, id, cancellationToken) ? null : NotThere);

    private static Problem? Check(string name) =>
        string.IsNullOrWhiteSpace(name) ? Problem.Invalid("name", "A view needs a name.")
        : name.Length > NameLengthMax ? Problem.Invalid("name", $"A name has at most {NameLengthMax} characters.")
        : name.Any(char.IsControl) ? Problem.Invalid("name", "A name holds no control characters.")
        : null;

    private async Task<Problem?> RefusalAsync(Caller caller, string id, CancellationToken cancellationToken) => await views.FindAsync(caller.Org, id, cancellationToken) switch
    {
        null => NotThere,
        var view when MayChange(caller, view) => null,
        { IsShared: true } => new(ProblemKind.Forbidden, "forbidden", "Only whoever keeps a view, or an admin, changes it."),
        _ => NotThere,
    };
}
