using Npgsql;

namespace Farthing.Storage.Postgres.Engine;

/// <summary>What went wrong with a server, said so that an operator knows what to do. Never tells a password.</summary>
internal static class PostgresFailures
{
    /// <summary>Every major version from this one on is supported.</summary>
    public const int VersionMin = 15;

    /// <summary>Says what a failure of a statement or a connection means.</summary>
    public static StorageFailedException Tell(NpgsqlException failure, PostgresUrl url) =>
        new(failure is PostgresException refused ? Refusal(refused, url) : Unreachable(failure, url), failure);

    /// <summary>Says that a server is too old; null when it is not.</summary>
    public static string? TooOld(Version server, PostgresUrl url) => server.Major >= VersionMin
        ? null
        : $"The server of {url} is PostgreSQL {server}; Farthing needs PostgreSQL {VersionMin} or newer. Update the server or name another one in FARTHING_DATABASE.";

    /// <summary>Whether the same transaction may succeed when it is tried again: it gave way to another one.</summary>
    public static bool IsWorthAnotherTry(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    };

    private static string Unreachable(NpgsqlException failure, PostgresUrl url)
    {
        var cause = failure.InnerException?.Message ?? failure.Message;
        return $"The database {url} is not reachable: {cause.TrimEnd('.')}; is the server running, is FARTHING_DATABASE right?";
    }

    private static string Refusal(PostgresException refused, PostgresUrl url) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The server of {url} refuses the user: {refused.MessageText}. Check user and password in FARTHING_DATABASE.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The server of {url} has no such database; create it with: createdb {url.Database}",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user of {url} may not do that: {refused.MessageText}. Farthing's user must own its database or schema.",
        PostgresErrorCodes.TooManyConnections =>
            $"The server of {url} has no connection left: {refused.MessageText}.",
        _ => $"The database {url} cannot be used: {refused.MessageText} ({refused.SqlState}).",
    };
}
