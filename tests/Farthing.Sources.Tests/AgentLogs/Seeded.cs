using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>Laws are tried on the same cases in every run.</summary>
internal static class Seeded
{
    private const ulong Seed = 20_260_901;
    private const ulong Gamma = 77;

    /// <summary>Tries a law on lists of numbers between 0 and a maximum.</summary>
    public static void ForNumbers(int max, int cases, Func<int[], bool> law) =>
        Prop.ForAll(Gen.Choose(0, max).ArrayOf().ToArbitrary(), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(Seed, Gamma));
}
