using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The views that people keep, in the words of both engines.</summary>
internal sealed class StoredViews(ISqlDatabase database) : ISavedViews
{
    private const string Columns = "v.org, v.id, v.owner, v.name, v.query, v.shared, v.created";

    /// <inheritdoc/>
    public Task<Problem?> AddAsync(SavedView view, int ownedMax, CancellationToken cancellationToken) => database.WriteAsync<Problem?>(
        async session =>
        {
            await LockAsync(session, view.Org, cancellationToken);
            var others = await OfOwnerAsync(session, view.Org, view.Owner, cancellationToken);
            if (others.Count >= ownedMax)
            {
                return ManageViews.TooMany;
            }

            if (others.Any(other => ItemNames.AreSame(other.Name, view.Name)))
            {
                return ManageViews.NameTaken;
            }

            await session.RunAsync(
                new SqlText()
                    .Add("INSERT INTO saved_views (org, id, owner, name, query, shared, created) VALUES (", view.Org).Add(",", view.Id).Add(",", view.Owner).Add(",", view.Name)
                    .Add(",", view.Query).Add(",", view.IsShared ? 1L : 0L).Add(",", view.CreatedAt.ToUnixTimeMilliseconds()).Add(")"),
                cancellationToken);
            return null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<SavedView?> FindAsync(string org, string id, CancellationToken cancellationToken) => database.ReadAsync(
        session => FindAsync(session, org, id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SavedView>> ListAsync(string org, string owner, int limit, CancellationToken cancellationToken)
    {
        var views = await database.ReadAsync(
            session => session.ReadAsync(
                new SqlText().Add($"SELECT {Columns} FROM saved_views v WHERE v.org =", org).Add("AND (v.shared = 1 OR v.owner =", owner)
                    .Add(") ORDER BY v.id DESC LIMIT", (long)limit),
                Read, cancellationToken),
            cancellationToken);
        return [.. views.OrderBy(static view => view.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static view => view.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<Problem?> ChangeAsync(string org, string id, string name, bool isShared, CancellationToken cancellationToken) => database.WriteAsync<Problem?>(
        async session =>
        {
            await LockAsync(session, org, cancellationToken);
            if (await FindAsync(session, org, id, cancellationToken) is not { } before)
            {
                return ManageViews.NotThere;
            }

            // What has its name already keeps it, also when another one has it since before names were looked at.
            if (name != before.Name && (await OfOwnerAsync(session, org, before.Owner, cancellationToken)).Any(other => other.Id != id && ItemNames.AreSame(other.Name, name)))
            {
                return ManageViews.NameTaken;
            }

            await session.RunAsync(
                new SqlText().Add("UPDATE saved_views SET name =", name).Add(", shared =", isShared ? 1L : 0L).Add("WHERE org =", org).Add("AND id =", id), cancellationToken);
            return null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string org, string id, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.AnyAsync(new SqlText().Add("DELETE FROM saved_views WHERE org =", org).Add("AND id =", id).Add("RETURNING id"), cancellationToken),
        cancellationToken);

    /// <summary>Whoever gives a view of the organisation a name waits for the others who do.</summary>
    private static Task LockAsync(ISqlSession session, string org, CancellationToken cancellationToken) =>
        session.RunAsync(new SqlText().Add("SELECT id FROM orgs WHERE id =", org).Add(session.ForUpdate), cancellationToken);

    private static Task<SavedView?> FindAsync(ISqlSession session, string org, string id, CancellationToken cancellationToken) => session.FirstAsync(
        new SqlText().Add($"SELECT {Columns} FROM saved_views v WHERE v.org =", org).Add("AND v.id =", id), Read, cancellationToken);

    private static Task<IReadOnlyList<SavedView>> OfOwnerAsync(ISqlSession session, string org, string owner, CancellationToken cancellationToken) => session.ReadAsync(
        new SqlText().Add($"SELECT {Columns} FROM saved_views v WHERE v.org =", org).Add("AND v.owner =", owner), Read, cancellationToken);

    private static SavedView Read(ISqlRow row) => new()
    {
        Org = row.Text(0),
        Id = row.Text(1),
        Owner = row.Text(2),
        Name = row.Text(3),
        Query = row.Text(4),
        IsShared = row.Integer(5) != 0,
        CreatedAt = row.Moment(6),
    };
}
