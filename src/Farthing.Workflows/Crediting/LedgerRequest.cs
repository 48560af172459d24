using Farthing.Domain.Ledger;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>The name under which a caller may repeat a request without repeating its effect.</summary>
/// <param name="Principal">Who asks; keys of different principals never meet.</param>
/// <param name="Key">The caller's key, at most 255 characters.</param>
/// <param name="Fingerprint">What was asked, hashed: method, route, principal and body. The same key with another fingerprint is refused.</param>
public sealed record IdempotencyKey(string Principal, string Key, string Fingerprint)
{
    /// <summary>The longest key.</summary>
    public const int KeyMax = 255;
}

/// <summary>An answer as it was given, byte by byte.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">The body.</param>
public sealed record StoredAnswer(int Status, string ContentType, byte[] Body);

/// <summary>
/// One thing to do in the ledger. It names what it needs, so that a store can lock and load it for many requests at once,
/// then decides on what was loaded. Deciding has no effect but on the unit of work, and may be done again.
/// </summary>
public abstract class LedgerRequest
{
    /// <summary>Whose ledger.</summary>
    public required string Org { get; init; }

    /// <summary>Who does in the audit what nobody asked for.</summary>
    public const string SystemActor = "system";

    /// <summary>Who does it: a key, an engineer, the operator, the sweeper; empty for what nobody asked for.</summary>
    public string Actor { get; init; } = string.Empty;

    /// <summary>Names the request in the audit; empty for what nobody sent. Set before it is posted.</summary>
    public string RequestId { get; set; } = string.Empty;

    /// <summary>The name under which it may be repeated; null when its own ids are enough. Set before it is posted.</summary>
    public IdempotencyKey? Idempotency { get; set; }

    /// <summary>The answer that was stored under the same idempotency key; null when this request did the work itself.</summary>
    public StoredAnswer? Replay { get; private set; }

    /// <summary>Says what must be locked and loaded.</summary>
    public abstract void Name(LedgerKeys keys);

    /// <summary>Decides on what was loaded: replays what was done under the same key, or does it now.</summary>
    public void Decide(LedgerUnit unit)
    {
        Replay = null;
        if (Idempotency is not { } name)
        {
            Work(unit);
        }
        else if (unit.FindAnswer(Org, name) is not { } stored)
        {
            Work(unit);
            unit.Keep(Org, name, Render());
        }
        else if (stored.Fingerprint == name.Fingerprint)
        {
            Replay = stored.Answer;
        }
        else
        {
            Refuse(new(
                ProblemKind.Invalid, "idempotency_key_reused",
                "This Idempotency-Key was used for another request; use a new key for a new request.", "Idempotency-Key"));
        }
    }

    /// <summary>Who does it and when, for the audit, whose every line has an actor.</summary>
    protected AuditStamp StampOf(LedgerUnit unit) => new(Org, Actor.Length > 0 ? Actor : SystemActor, RequestId, unit.Clock);

    /// <summary>Does the work, or refuses it.</summary>
    protected abstract void Work(LedgerUnit unit);

    /// <summary>Answers with a problem.</summary>
    protected abstract void Refuse(Problem problem);

    /// <summary>The answer as bytes, to be stored beside the effect.</summary>
    protected abstract StoredAnswer? Render();
}

/// <summary>A request with an answer.</summary>
/// <typeparam name="T">What it answers when it is not refused.</typeparam>
public abstract class LedgerRequest<T> : LedgerRequest
{
    /// <summary>How an answer is told to the caller; needed only with an idempotency key. Set before it is posted.</summary>
    public Func<Result<T>, StoredAnswer>? AnswerAs { get; set; }

    /// <summary>The answer, once it is durable. Without meaning when there is a <see cref="LedgerRequest.Replay"/>.</summary>
    public Result<T> Result { get; private set; }

    /// <summary>Whether the same was done before and nothing was done now.</summary>
    public bool WasDone { get; protected set; }

    /// <summary>Does the work on the unit; a problem when it is refused, and then nothing may have changed.</summary>
    protected abstract Result<T> Perform(LedgerUnit unit);

    /// <inheritdoc/>
    protected sealed override void Work(LedgerUnit unit)
    {
        WasDone = false;
        Result = Perform(unit);
    }

    /// <inheritdoc/>
    protected sealed override void Refuse(Problem problem) => Result = problem;

    /// <inheritdoc/>
    protected sealed override StoredAnswer? Render() => AnswerAs?.Invoke(Result);

    /// <summary>Marks that the same was done before.</summary>
    protected Result<T> Again(T value)
    {
        WasDone = true;
        return value;
    }
}

/// <summary>What requests of one unit of work need: locked in the order of their keys, loaded in one go.</summary>
public sealed class LedgerKeys
{
    /// <summary>Wallets with their grants that have anything left or held.</summary>
    public ISet<LedgerKey> Wallets => field ??= new HashSet<LedgerKey>();

    /// <summary>Holds. The wallets they belong to are named besides, or the holds are stray.</summary>
    public ISet<LedgerKey> Holds => field ??= new HashSet<LedgerKey>();

    /// <summary>Those of the holds whose wallet nobody named: it is found by them.</summary>
    public ISet<LedgerKey> StrayHolds => field ??= new HashSet<LedgerKey>();

    /// <summary>Those of the holds that are about to be made: they are there only when the same was asked before.</summary>
    public ISet<LedgerKey> NewHolds => field ??= new HashSet<LedgerKey>();

    /// <summary>Grants, with the wallets they belong to.</summary>
    public ISet<LedgerKey> Grants => field ??= new HashSet<LedgerKey>();

    /// <summary>Runs, with the wallets that pay for them.</summary>
    public ISet<LedgerKey> Runs => field ??= new HashSet<LedgerKey>();

    /// <summary>Plans: all their runs, with the wallets that pay for them.</summary>
    public ISet<LedgerKey> Plans => field ??= new HashSet<LedgerKey>();

    /// <summary>Transactions by id, with the wallets they touched, the grants they name and what was undone of them.</summary>
    public ISet<LedgerKey> Transactions => field ??= new HashSet<LedgerKey>();

    /// <summary>Runs whose charges are loaded besides, like <see cref="Transactions"/>; they are named in <see cref="Runs"/> too.</summary>
    public ISet<LedgerKey> Charges => field ??= new HashSet<LedgerKey>();

    /// <summary>Organisations whose chain may grow; their heads are locked.</summary>
    public ISet<string> Chains => field ??= new HashSet<string>();

    /// <summary>
    /// Places of chains where books were read: whether anything was posted into an earlier month behind them.
    /// </summary>
    public ISet<(string Org, long After)> Readings => field ??= new HashSet<(string Org, long After)>();

    /// <summary>Answers that may have been given already.</summary>
    public ISet<(string Org, string Principal, string Key)> Answers => field ??= new HashSet<(string Org, string Principal, string Key)>();

    /// <summary>Everything that some requests need.</summary>
    public static LedgerKeys Of(IReadOnlyList<LedgerRequest> requests)
    {
        var keys = new LedgerKeys();
        foreach (var request in requests)
        {
            request.Name(keys);
            if (request.Idempotency is { } name)
            {
                keys.Answers.Add((request.Org, name.Principal, name.Key));
            }
        }

        return keys;
    }
}
