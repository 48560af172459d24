using Farthing.Testing;
using Farthing.Workflows.Sessions;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Tests.Sessions;

public sealed class SessionStepTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(11, 5)]
    [InlineData(17, 1)]
    public void Steps_hold_every_call_once_and_are_never_too_many(int calls, int stepsMax)
    {
        var sample = PricedSample.Calls().Select(call => new PricedCall(call.Usage, call.Rating, string.Empty)).ToList();
        List<PricedCall> all = [.. Enumerable.Range(0, calls).Select(index => sample[index % sample.Count])];

        var steps = SessionStep.Of(all, stepsMax);

        steps.Count.ShouldBeLessThanOrEqualTo(stepsMax);
        steps.SelectMany(step => Enumerable.Range(step.First, step.Calls)).ShouldBe(Enumerable.Range(1, calls));
        steps.Aggregate(default(SpendSum), (sum, step) => sum + step.Sum).ShouldBe(all.Aggregate(default(SpendSum), (sum, call) => sum + SpendSum.Of(call)));
    }
}
