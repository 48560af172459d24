using Farthing.Testing;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

public sealed class ForgetAnswersTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Passes_are_an_hour_apart_and_follow_each_other_while_they_are_full()
    {
        var answers = new Counted(ForgetAnswers.PassMax, ForgetAnswers.PassMax, 7, 1);
        var forget = new ForgetAnswers(answers, time);

        (await PassAsync(forget)).ShouldBe(ForgetAnswers.PassMax);
        (await PassAsync(forget)).ShouldBe(ForgetAnswers.PassMax);
        (await PassAsync(forget)).ShouldBe(7);
        (await PassAsync(forget)).ShouldBe(0);
        time.Move(TimeSpan.FromMinutes(59));
        (await PassAsync(forget)).ShouldBe(0);
        time.Move(TimeSpan.FromMinutes(1));
        (await PassAsync(forget)).ShouldBe(1);

        answers.Asked.ShouldAllBe(asked => asked.Age == TimeSpan.FromDays(30) && asked.Limit == ForgetAnswers.PassMax);
        answers.Asked.Count.ShouldBe(4);
    }

    private static Task<int> PassAsync(ForgetAnswers forget) => forget.ForgetDueAsync(TestContext.Current.CancellationToken);

    /// <summary>Forgets as many as it was told, one number a pass.</summary>
    private sealed class Counted(params int[] forgotten) : IKeptAnswers
    {
        public List<(TimeSpan Age, int Limit)> Asked { get; } = [];

        public Task<int> ForgetAsync(TimeSpan age, int limit, CancellationToken cancellationToken)
        {
            Asked.Add((age, limit));
            return Task.FromResult(forgotten[Asked.Count - 1]);
        }
    }
}
