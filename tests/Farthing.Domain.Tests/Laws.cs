using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests;

/// <summary>Runs properties with a fixed seed, so that a failure today is a failure tomorrow.</summary>
internal static class Laws
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithQuietOnSuccess(true).WithReplay(2026, 11);

    public static void Hold<T>(Func<T, bool> law) => Prop.ForAll(law).Check(Seeded);

    public static void Hold<T1, T2>(Func<T1, T2, bool> law) => Prop.ForAll(law).Check(Seeded);

    public static void Hold<T1, T2, T3>(Func<T1, T2, T3, bool> law) => Prop.ForAll(law).Check(Seeded);

    public static void Hold<T>(Arbitrary<T> values, Func<T, bool> law) => Prop.ForAll(values, law).Check(Seeded);
}
