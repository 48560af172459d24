using Farthing.Workflows.Access;

namespace Farthing.Storage.Sql;

/// <summary>A page of keys, in the words of both engines: the key is <c>k</c>, its engineer, if it has one, <c>e</c>.</summary>
internal static class KeyListing
{
    /// <summary>Adds the conditions on the keys of a page, its order and its length.</summary>
    public static SqlText AddPage(this SqlText sql, KeyQuery query)
    {
        sql.Add("k.org =", query.Org).Add("AND k.prefix >=", query.Prefixes.From).Add("AND k.prefix <", query.Prefixes.Before)
            .AddIf(query.IsNewestFirst ? "AND k.id <" : "AND k.id >", query.Page.After.Length > 0 ? query.Page.After : null);
        if (query.WorkingAt is { } at)
        {
            sql.Add("AND k.revoked IS NULL AND (k.expires IS NULL OR k.expires >", at.ToUnixTimeMilliseconds()).Add(")");
        }

        if (query.Ids is { } ids)
        {
            sql.AddIn("AND k.id", ids);
        }

        if (query.OfPrefixes is { } prefixes)
        {
            sql.AddIn("AND k.prefix", prefixes);
        }

        sql = query.Within switch
        {
            null or { Reach: ScopeReach.Org } => sql,
            { Reach: ScopeReach.Team, Id: var team } => sql.Add("AND e.team =", team),
            { Reach: ScopeReach.Engineer, Id: var engineer } => sql.Add("AND k.engineer =", engineer),
            _ => sql.Add("AND 1 = 0"),
        };
        return sql.Add(query.IsNewestFirst ? "ORDER BY k.id DESC LIMIT" : "ORDER BY k.id LIMIT", (long)query.Page.Limit);
    }
}
