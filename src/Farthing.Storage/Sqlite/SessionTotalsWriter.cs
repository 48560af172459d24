using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sql.AgentSessions;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Sessions;

namespace Farthing.Storage.Sqlite;

/// <summary>Keeps reported sessions and what they count for, inside the transaction of its owner.</summary>
internal sealed class SessionTotalsWriter(Connection connection, IKnownCalls calls, EventPlaces places, CallSessionTable callSessions)
{
    /// <summary>So many sessions are read by one query; an engine takes only so many parameters.</summary>
    private const int QueryMax = 500;

    private readonly TotalsReplacement replacement = new(calls);

    /// <summary>Reads sessions, has them changed, keeps them and what they count for.</summary>
    public T Change<T>(string org, IReadOnlyList<string> ids, Func<SessionBook, T> change)
    {
        var (known, callers) = (new List<AgentSession>(), new List<SessionCaller>());
        foreach (var part in ids.Chunk(QueryMax))
        {
            known.AddRange(Read(AgentSessionText.ByIds(org, part)));
            callers.AddRange(CallSessionTable.Callers(connection, org, part));
        }

        var book = new SessionBook(known, callers);
        var result = change(book);
        if (book.Kept.Count > 0)
        {
            replacement.Replace(book.Kept, places.Files.IdOf(string.Empty));
        }

        foreach (var kept in book.Kept)
        {
            Run(AgentSessionRow.Upsert(kept.After));
        }

        foreach (var tallies in SessionTallies.Changes(book.Kept))
        {
            Run(tallies);
        }

        return result;
    }

    /// <summary>Takes back what sessions counted for of which the first calls have just been stored.</summary>
    public void TakeBackKnownByCalls()
    {
        if (callSessions.Firsts.Count > 0 && connection.Scalar("SELECT 1 FROM agent_sessions LIMIT 1"u8) is not null)
        {
            foreach (var first in callSessions.Firsts)
            {
                TakeBack(first);
            }
        }

        callSessions.ForgetFirsts();
    }

    private void TakeBack(UsageEvent call)
    {
        var (org, id) = (call.Dimensions.Org, call.Session.Key);
        if (Read(AgentSessionText.ByIds(org, [id])) is [{ IsKnownByCalls: false } session] && SessionTotals.Owns(session, call.Dimensions.User))
        {
            replacement.TakeBack(SessionTotals.Of(session));
            Run(AgentSessionText.MarkKnownByCalls(org, id));
        }
    }

    private List<AgentSession> Read(SqlText sql)
    {
        using var rows = connection.Prepare(sql);
        var found = new List<AgentSession>();
        while (rows.Step())
        {
            found.Add(AgentSessionRow.Read(rows));
        }

        return found;
    }

    private void Run(SqlText sql)
    {
        using var statement = connection.Prepare(sql);
        statement.Run();
    }
}
