using Farthing.Workflows.Access;
using Farthing.Workflows.Notifying;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>The rows of the outbox as people look at them.</summary>
internal sealed class StoredMessages(ISqlDatabase database) : IMessages
{
    private const string Columns = "id, channel, payload, attempts, created, next_attempt, ended, dead, failure";

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptMessage>> ListAsync(string org, MessageState? state, Page page, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.ReadAsync(
            new SqlText().Add($"SELECT {Columns} FROM outbox WHERE org =", org)
                .Add(state switch
                {
                    MessageState.Waiting => "AND ended = 0",
                    MessageState.Sent => "AND ended > 0 AND dead = 0",
                    MessageState.GivenUp => "AND dead = 1",
                    _ => string.Empty,
                })
                .AddIf("AND id <", page.After.Length > 0 ? page.After : null).Add("ORDER BY id DESC LIMIT", (long)page.Limit),
            Read,
            cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task<MessageCounts> CountAsync(string org, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.FirstAsync(
            new SqlText()
                .Add("SELECT (SELECT count(*) FROM outbox WHERE ended = 0 AND failure = '' AND org =", org)
                .Add("), (SELECT count(*) FROM outbox WHERE ended = 0 AND failure <> '' AND org =", org)
                .Add("), (SELECT count(*) FROM outbox WHERE dead = 1 AND org =", org).Add(")"),
            static row => new MessageCounts(row.Integer(0), row.Integer(1), row.Integer(2)),
            cancellationToken))!,
        cancellationToken);

    /// <inheritdoc/>
    public Task<KeptMessage?> RetryAsync(string org, string id, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.FirstAsync(
            new SqlText()
                .Add("UPDATE outbox SET attempts = CASE WHEN dead = 1 THEN 0 ELSE attempts END, dead = 0, ended = 0, next_attempt =", now.ToUnixTimeMilliseconds())
                .Add("WHERE (dead = 1 OR ended = 0 AND failure <> '') AND org =", org).Add("AND id =", id).Add($"RETURNING {Columns}"),
            Read,
            cancellationToken),
        cancellationToken);

    private static KeptMessage Read(ISqlRow row)
    {
        var (hasEnded, isDead) = (row.Integer(6) > 0, row.Integer(7) > 0);
        return new(
            new(row.Text(0), row.Text(1), Notification.FromJson(row.Text(2))),
            isDead ? MessageState.GivenUp : hasEnded ? MessageState.Sent : MessageState.Waiting,
            (int)row.Integer(3),
            row.Moment(4),
            hasEnded ? null : row.Moment(5),
            hasEnded ? row.Moment(6) : null,
            row.Text(8));
    }
}
