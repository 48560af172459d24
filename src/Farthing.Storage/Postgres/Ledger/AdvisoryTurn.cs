using Farthing.Workflows.Crediting;
using Npgsql;

namespace Farthing.Storage.Postgres.Ledger;

/// <summary>
/// The turn of servers that share a database: an advisory lock of a transaction that does nothing else, so that it ends with
/// its connection, and works behind a pooler that shares connections by transaction. A server whose transaction is ended
/// from outside sweeps on beside the next one, which does no harm.
/// </summary>
internal sealed class AdvisoryTurn(PostgresDatabase database) : ISweepTurn
{
    /// <summary>Whoever holds this lock sweeps: <c>FRTHSWEP</c>.</summary>
    private const long Lock = 0x46525448_53574550;

    /// <inheritdoc/>
    public Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken) => database.DoAsync<IAsyncDisposable?>(
        async token =>
        {
            var connection = await database.Source.OpenConnectionAsync(token);
            try
            {
                if (await TryLockAsync(connection, token) is { } transaction)
                {
                    return new Taken(connection, transaction);
                }
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            await connection.DisposeAsync();
            return null;
        },
        cancellationToken);

    private static async Task<NpgsqlTransaction?> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({Lock})", connection, transaction);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            return transaction;
        }

        await transaction.DisposeAsync();
        return null;
    }

    private sealed class Taken(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.DisposeAsync();
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
