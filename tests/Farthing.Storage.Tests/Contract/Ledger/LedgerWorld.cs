using Farthing.Testing.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>A world of its own in a ledger that many share: two organisations, wallets with something in them, and steps.</summary>
internal sealed class LedgerWorld
{
    private static int worlds;

    private static readonly (LedgerVerb Verb, int Org, int Wallet, int Subject, int Size, int Choice)[] Beginning =
    [
        (LedgerVerb.Open, 0, 0, 0, 0, 0), (LedgerVerb.Open, 0, 1, 0, 0, 1), (LedgerVerb.Open, 1, 0, 0, 0, 0), (LedgerVerb.Give, 0, 0, 0, 3, 2),
        (LedgerVerb.Give, 0, 1, 1, 2, 5), (LedgerVerb.Give, 1, 0, 0, 3, 0),
    ];

    private readonly LedgerUnderTest ledger;
    private readonly string name;

    private LedgerWorld(LedgerUnderTest ledger, string name) => (this.ledger, this.name) = (ledger, name);

    public string Org => Stands(Beginning[0]).Org;

    public string OtherOrg => Stands(Beginning[2]).Org;

    public static CancellationToken Cancellation => LedgerUnderTest.Cancellation;

    public NaiveLedger Naive { get; } = new();

    public DateTimeOffset Now => ledger.Time.Now;

    public static async Task<LedgerWorld> BeginAsync(LedgerUnderTest ledger)
    {
        var world = new LedgerWorld(ledger, $"v{Interlocked.Increment(ref worlds)}");
        foreach (var step in Beginning)
        {
            await world.DoAsync(world.Stands(step));
        }

        return world;
    }

    /// <summary>A step of this world.</summary>
    public LedgerStep Here(LedgerStep step) => step with { World = name };

    /// <summary>Does a step in the ledger and in the naive one.</summary>
    /// <returns>Null, or how the two differ.</returns>
    public async Task<string?> DoAsync(LedgerStep drawn)
    {
        var step = Here(drawn);
        if (step.Verb == LedgerVerb.Tick)
        {
            ledger.Time.Move(step.Move);
            return null;
        }

        var request = step.ToRequest(Now);
        await ledger.Store.ApplyAsync([request], Cancellation);
        var (told, expected) = (LedgerStep.Tell(request), Naive.Do(step, Now));
        return told == expected ? null : $"{step} answered '{told}' instead of '{expected}'";
    }

    public Task<string> DescribeAsync(string org) => LedgerTexts.DescribeAsync(ledger.Queries, org, Cancellation);

    public Task<string> DumpAsync(string org) => LedgerTexts.DumpAsync(ledger.Queries, ledger.Upkeep, org, Cancellation);

    public Task<IReadOnlyList<string>> ProveAsync() => LedgerProof.CheckAsync(ledger.Upkeep, ledger.Queries, Org, Cancellation);

    /// <summary>Sweeps this world until nothing is overdue; the others keep what they have.</summary>
    public async Task SweepAsync()
    {
        foreach (var overdue in await ledger.Upkeep.OverdueAsync(100_000, Cancellation))
        {
            LedgerRequest request = overdue.IsHold ? new ExpireHold { Org = overdue.Org, Hold = overdue.Id } : new ExpireGrant { Org = overdue.Org, Grant = overdue.Id };
            await ledger.Store.ApplyAsync([request], Cancellation);
        }
    }

    private LedgerStep Stands((LedgerVerb Verb, int Org, int Wallet, int Subject, int Size, int Choice) step) =>
        Here(new(step.Verb, string.Empty, step.Org, step.Wallet, step.Subject, step.Size, step.Choice));
}
