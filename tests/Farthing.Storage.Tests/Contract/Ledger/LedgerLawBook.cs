using System.Collections.Concurrent;
using Farthing.Testing.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>
/// Tries laws on lists of drawn steps. All lists of a law share one ledger, each in organisations of its own, so that a
/// database is made once a law and what one list does must not be seen by the next.
/// </summary>
public abstract class LedgerLawBook
{
    private static readonly ConcurrentDictionary<(Type, string), string> Told = [];

    private static Config Seeded { get; } = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithReplay(2026, 11);

    /// <summary>How many lists of steps a law is tried on.</summary>
    protected abstract int Cases { get; }

    private protected LedgerUnderTest Ledger { get; private set; } = null!;

    protected abstract LedgerUnderTest Create();

    /// <summary>Tries a law on as many lists as there are cases, and fails with the shortest list that breaks it.</summary>
    private protected async Task HoldAsync(Arbitrary<LedgerStep[]> lists, Func<LedgerWorld, LedgerStep[], Task<string?>> law)
    {
        await using var ledger = Ledger = Create();
        await Task.Run(() => Prop.ForAll(lists, steps => Await.Value(async () =>
        {
            var failure = await law(await LedgerWorld.BeginAsync(ledger), steps);
            return Prop.Label(failure is null, failure ?? string.Empty);
        })).Check(Seeded.WithMaxTest(Cases)), LedgerUnderTest.Cancellation);
    }

    /// <summary>Tries a property of amounts.</summary>
    private protected Task HoldAsync(Gen<long> amounts, Func<long, Task<bool>> law) => Task.Run(
        () => Prop.ForAll(amounts.ToArbitrary(), amount => Await.Value(() => law(amount))).Check(Seeded.WithMaxTest(Cases)), LedgerUnderTest.Cancellation);

    /// <summary>Tries several laws at once, for tests that name one each: the first of them tries, all of them look.</summary>
    /// <returns>The story of the shortest list that breaks one of them; empty when none is broken.</returns>
    private protected async Task<string> TellAsync(string name, Func<Task> hold)
    {
        if (!Told.TryGetValue((GetType(), name), out var story))
        {
            Told[(GetType(), name)] = story = await TryAsync(hold);
        }

        return story;
    }

    private static async Task<string> TryAsync(Func<Task> hold)
    {
        try
        {
            await hold();
            return string.Empty;
        }
        catch (Exception broken)
        {
            return broken.ToString();
        }
    }
}
