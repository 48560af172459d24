using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Http;

/// <summary>
/// What <c>Idempotency-Key</c> means: the same request under the same key has its effect once and its answer as often as
/// it is asked for. The ledger keeps both together; here is only how a request is recognised, and who is busy with it now.
/// </summary>
internal sealed class Idempotency
{
    /// <summary>The header of a request that may be repeated.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly Problem Unusable = new(
        ProblemKind.Invalid, "idempotency_key_invalid", $"An Idempotency-Key has 1 to {IdempotencyKey.KeyMax} visible characters and is sent once.", Header);

    private static readonly Problem InFlight = new(
        ProblemKind.Conflict, "idempotency_key_in_flight", "A request with this Idempotency-Key is being answered; ask again in a second.", Header);

    private readonly ConcurrentDictionary<(string Org, string Principal, string Key), byte> busy = new();

    /// <summary>The key of a request; null when it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="body">Its body in the one form that equal bodies share.</param>
    public static Result<IdempotencyKey?> Read(HttpRequest request, Caller caller, ReadOnlySpan<byte> body) => request.Headers[Header] switch
    {
        [] => (IdempotencyKey?)null,
        [{ Length: > 0 and <= IdempotencyKey.KeyMax } key] when key.All(static letter => letter is > ' ' and <= '~') =>
            new IdempotencyKey(caller.Actor, key, FingerprintOf(request, caller, body)),
        _ => Unusable,
    };

    /// <summary>Takes a key for as long as its request is being answered in this process.</summary>
    /// <returns>A problem when another request has it.</returns>
    public Problem? Take(string org, IdempotencyKey key) => busy.TryAdd((org, key.Principal, key.Key), 0) ? null : InFlight;

    /// <summary>Gives it back.</summary>
    public void Return(string org, IdempotencyKey key) => busy.TryRemove((org, key.Principal, key.Key), out _);

    /// <summary>
    /// Every part with its length before it. The path stands for the route and for what its places hold: the same body
    /// for another wallet is another request.
    /// </summary>
    private static string FingerprintOf(HttpRequest request, Caller caller, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(request.Method));
        Append(hash, Encoding.UTF8.GetBytes(request.Path.Value ?? string.Empty));
        Append(hash, Encoding.UTF8.GetBytes(caller.Actor));
        Append(hash, body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
