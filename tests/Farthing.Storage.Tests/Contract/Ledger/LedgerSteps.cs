using Farthing.Testing.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>Draws lists of steps and makes failing ones short.</summary>
internal static class LedgerSteps
{
    private const int LengthMax = 40;

    /// <summary>Any steps, with those that move credit more often than the rest.</summary>
    public static Arbitrary<LedgerStep[]> Any(params LedgerVerb[] without) => Lists(Gen.Frequency(
        Weighted(without, (1, LedgerVerb.Open), (1, LedgerVerb.Limit), (5, LedgerVerb.Give), (1, LedgerVerb.Void), (2, LedgerVerb.Refund), (2, LedgerVerb.Adjust))
            .Concat(Weighted(without, (6, LedgerVerb.Reserve), (2, LedgerVerb.Forward), (6, LedgerVerb.Capture), (2, LedgerVerb.Release)))
            .Concat(Weighted(without, (1, LedgerVerb.SweepHold), (1, LedgerVerb.SweepGrant), (4, LedgerVerb.Reverse)))
            .Concat(Weighted(without, (4, LedgerVerb.Start), (3, LedgerVerb.Report), (4, LedgerVerb.Complete), (3, LedgerVerb.Tick)))));

    /// <summary>Steps of some kinds only.</summary>
    public static Arbitrary<LedgerStep[]> Only(params LedgerVerb[] verbs) => Lists(Gen.Elements(verbs));

    private static IEnumerable<(int Weight, Gen<LedgerVerb> Verb)> Weighted(LedgerVerb[] without, params (int Weight, LedgerVerb Verb)[] verbs) =>
        verbs.Where(pair => !without.Contains(pair.Verb)).Select(pair => (pair.Weight, Gen.Constant(pair.Verb)));

    private static Arbitrary<LedgerStep[]> Lists(Gen<LedgerVerb> verbs)
    {
        var step =
            from verb in verbs
            from org in Gen.Choose(0, 9)
            from wallet in Gen.Choose(0, 1)
            from subject in Gen.Choose(0, 5)
            from size in Gen.Choose(0, 19)
            from choice in Gen.Choose(0, 59)
            select new LedgerStep(verb, string.Empty, org == 0 ? 1 : 0, wallet, subject, size, choice);
        var lists = Gen.Choose(1, LengthMax).SelectMany(step.ArrayOf);
        return Arb.From(lists, Shorter);
    }

    /// <summary>Without one half, then without one step.</summary>
    private static IEnumerable<LedgerStep[]> Shorter(LedgerStep[] steps)
    {
        var half = steps.Length / 2;
        if (half > 0)
        {
            yield return steps[..half];
            yield return steps[half..];
        }

        for (var index = 0; steps.Length > 1 && index < steps.Length; index++)
        {
            yield return [.. steps[..index], .. steps[(index + 1)..]];
        }
    }
}
