using Farthing.Workflows.Exploring;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The views that people keep, in the words of both engines.</summary>
internal sealed class StoredViews(ISqlDatabase database) : ISavedViews
{
    private const string Columns = "v.org, v.id, v.owner, v.name, v.query, v.shared, v.created";

    /// <inheritdoc/>
    public Task<bool> AddAsync(SavedView view, int ownedMax, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.AnyAsync(
            new SqlText()
                .Add("INSERT INTO saved_views (org, id, owner, name, query, shared, created) SELECT", view.Org).Add(",", view.Id).Add(",", view.Owner).Add(",", view.Name)
                .Add(",", view.Query).Add(",", view.IsShared ? 1L : 0L).Add(",", view.CreatedAt.ToUnixTimeMilliseconds())
                .Add("WHERE (SELECT count(*) FROM saved_views o WHERE o.org =", view.Org).Add("AND o.owner =", view.Owner).Add(") <", (long)ownedMax).Add("RETURNING id"),
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<SavedView?> FindAsync(string org, string id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(new SqlText().Add($"SELECT {Columns} FROM saved_views v WHERE v.org =", org).Add("AND v.id =", id), Read, cancellationToken), cancellationToken);

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
    public Task<bool> ChangeAsync(string org, string id, string name, bool isShared, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.AnyAsync(
            new SqlText().Add("UPDATE saved_views SET name =", name).Add(", shared =", isShared ? 1L : 0L).Add("WHERE org =", org).Add("AND id =", id).Add("RETURNING id"),
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string org, string id, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.AnyAsync(new SqlText().Add("DELETE FROM saved_views WHERE org =", org).Add("AND id =", id).Add("RETURNING id"), cancellationToken),
        cancellationToken);

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
