using Farthing.Workflows.Notifying;

namespace Farthing.Storage.Sql.Budgets;

/// <summary>Messages that wait to be sent. A claim moves the next try behind the lease, so whoever dies with it gives it back.</summary>
internal sealed class StoredOutbox(ISqlDatabase database) : IOutbox
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var claimed = await session.ReadAsync(
                new SqlText()
                    .Add("UPDATE outbox SET attempts = attempts + 1, next_attempt =", (now + lease).ToUnixTimeMilliseconds())
                    .Add("WHERE id IN (SELECT o.id FROM outbox o WHERE o.ended = 0 AND o.next_attempt <=", now.ToUnixTimeMilliseconds())
                    .Add("ORDER BY o.next_attempt, o.id LIMIT", (long)limit).Add(session.SkipLocked)
                    .Add(") RETURNING id, channel, payload, attempts"),
                static row => new ClaimedMessage(ReadMessage(row), (int)row.Integer(3)),
                cancellationToken);
            return (IReadOnlyList<ClaimedMessage>)[.. claimed.OrderBy(static message => message.Message.Id, StringComparer.Ordinal)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeliveredAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => RunAsync(
        new SqlText().Add("UPDATE outbox SET failure = '', dead = 0, ended =", now.ToUnixTimeMilliseconds()).Add("WHERE id =", id), cancellationToken);

    /// <inheritdoc/>
    public Task FailedAsync(string id, DateTimeOffset now, DateTimeOffset? again, string reason, CancellationToken cancellationToken) => RunAsync(
        again is { } at
            ? new SqlText().Add("UPDATE outbox SET failure =", reason).Add(", next_attempt =", at.ToUnixTimeMilliseconds()).Add("WHERE ended = 0 AND id =", id)
            : new SqlText().Add("UPDATE outbox SET dead = 1, failure =", reason).Add(", ended =", now.ToUnixTimeMilliseconds()).Add("WHERE ended = 0 AND id =", id),
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        async session => (await session.ReadAsync(
            new SqlText().Add("DELETE FROM outbox WHERE ended > 0 AND ended <", before.ToUnixTimeMilliseconds()).Add("RETURNING id"), static _ => true, cancellationToken)).Count,
        cancellationToken);

    /// <summary>Writes a message, to be run in the transaction of its cause.</summary>
    public static SqlText Insert(OutboxMessage message, DateTimeOffset now) => new SqlText()
        .Add("INSERT INTO outbox (id, org, channel, payload, created, attempts, next_attempt, ended, dead, failure) VALUES (", message.Id)
        .Add(",", message.Notification.Org).Add(",", message.Channel).Add(",", message.Notification.ToJson())
        .Add(",", now.ToUnixTimeMilliseconds()).Add(", 0,", now.ToUnixTimeMilliseconds()).Add(", 0, 0, '')");

    private static OutboxMessage ReadMessage(ISqlRow row) => new(row.Text(0), row.Text(1), Notification.FromJson(row.Text(2)));

    private Task<bool> RunAsync(SqlText sql, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.RunAsync(sql, cancellationToken);
            return true;
        },
        cancellationToken);
}
