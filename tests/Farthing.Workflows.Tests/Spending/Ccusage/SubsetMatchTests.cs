using Farthing.Workflows.Spending.Ccusage;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Spending.Ccusage;

public sealed class SubsetMatchTests
{
    private static readonly CcusageTokens[] Calls = [.. Enumerable.Range(1, 60).Select(static number =>
        new CcusageTokens(Scatter(number, 1) % 4_001, Scatter(number, 2) % 26_003, Scatter(number, 3) % 165_001, Scatter(number, 4) % 1_801))];

    [Fact]
    public void A_few_calls_are_found_by_their_sum() => Prop.ForAll<int, int>((seed, size) =>
    {
        var chosen = Enumerable.Range(0, (Math.Abs(size % SubsetMatch.CallsMax)) + 1).Select(step => Math.Abs((seed % 1_000) + (step * 17)) % Calls.Length).Distinct().Order().ToArray();
        var total = chosen.Aggregate(default(CcusageTokens), (sum, index) => sum + Calls[index]);

        var found = new SubsetMatch().Find(total, Calls, isOutputExact: true);

        return found is not null && found.Order().SequenceEqual(chosen);
    }).Check(Config.QuickThrowOnFailure.WithReplay(20261120, 5));

    [Fact]
    public void Output_may_be_less_when_it_is_not_exact()
    {
        var total = (Calls[3] + Calls[40]) with { Output = 5 };

        new SubsetMatch().Find(total, Calls, isOutputExact: false).ShouldNotBeNull().Order().ShouldBe([3, 40]);
        new SubsetMatch().Find(total, Calls, isOutputExact: true).ShouldBeNull();
    }

    [Fact]
    public void Output_is_never_more_than_that_of_the_calls() =>
        new SubsetMatch().Find(Calls[3] with { Output = Calls[3].Output + 1 }, [Calls[3]], isOutputExact: false).ShouldBeNull();

    [Fact]
    public void A_call_is_not_taken_twice() => new SubsetMatch().Find(Calls[3] + Calls[3], Calls, isOutputExact: true).ShouldBeNull();

    [Fact]
    public void A_search_without_end_is_given_up()
    {
        var same = Enumerable.Repeat(new CcusageTokens(1, 1, 1, 1), 500).ToArray();

        new SubsetMatch().Find(new(6, 6, 6, 7), same, isOutputExact: true).ShouldBeNull();
    }

    // SplitMix64: sums of such numbers do not meet by construction, as those of a sequence would.
    private static long Scatter(int number, int lane)
    {
        unchecked
        {
            var mixed = ((ulong)number * 0x9E3779B97F4A7C15) + ((ulong)lane * 0xD1B54A32D192ED03);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (long)((mixed ^ (mixed >> 31)) >> 1);
        }
    }
}
