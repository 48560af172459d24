namespace Farthing.Workflows.Tests;

/// <summary>Refusals of several things at once.</summary>
public sealed class ProblemTests
{
    private static readonly Problem Name = Problem.Invalid("name", "No name.");
    private static readonly Problem Amount = Problem.Invalid("amount", "No amount.");
    private static readonly Problem Forbidden = new(ProblemKind.Forbidden, "forbidden", "Not yours.");

    [Fact]
    public void Nothing_wrong_is_no_refusal_and_one_thing_is_the_refusal_itself()
    {
        Problem.Together(null, null).ShouldBeNull();
        Problem.Together(null, Name).ShouldBe(Name);
        Name.All.ShouldBe([Name]);
    }

    [Fact]
    public void The_first_says_what_it_is_and_of_every_other_field_the_first_stands_beside_it()
    {
        var inner = Problem.Together(Amount, Problem.Invalid("name", "A longer name."));

        var all = Problem.Together(Name, null, inner, Forbidden, Problem.Invalid("amount", "Too much."))!;

        (all.Kind, all.Field, all.Detail).ShouldBe((ProblemKind.Invalid, "name", "No name."));
        all.All.ShouldBe([Name, Amount, Forbidden]);
    }
}
