using Farthing.Domain.Usage;

namespace Farthing.Domain.Tests.Usage;

public sealed class RevisionLaws
{
    [Fact]
    public void The_order_of_two_records_does_not_matter() => Laws.Hold(InventedCalls.Triples, calls =>
        Kept(Revision.Merge(calls.A, calls.B)) == Kept(Revision.Merge(calls.B, calls.A)));

    [Fact]
    public void The_grouping_of_three_records_does_not_matter() => Laws.Hold(InventedCalls.Triples, calls =>
        Kept(Revision.Merge(Revision.Merge(calls.A, calls.B), calls.C)) == Kept(Revision.Merge(calls.A, Revision.Merge(calls.B, calls.C))));

    [Fact]
    public void A_record_that_arrives_again_changes_nothing() => Laws.Hold(InventedCalls.Triples, calls =>
        Revision.Merge(calls.A, calls.A) == calls.A
        && Revision.Merge(Revision.Merge(calls.A, calls.B), calls.B) == Revision.Merge(calls.A, calls.B)
        && Revision.Merge(Revision.Merge(calls.A, calls.B), calls.A) == Revision.Merge(calls.A, calls.B));

    [Fact]
    public void Figures_change_exactly_when_the_verdict_says_so() => Laws.Hold(InventedCalls.Triples, calls =>
    {
        var winner = Revision.Judge(calls.A, calls.B) == RevisionVerdict.Supersedes ? calls.B : calls.A;
        var merged = Revision.Merge(calls.A, calls.B);
        return merged.Tokens == winner.Tokens && merged.Quality == winner.Quality && merged.Dimensions.Model == winner.Dimensions.Model
            && Revision.Judge(merged, calls.A) == RevisionVerdict.Duplicate && Revision.Judge(merged, calls.B) == RevisionVerdict.Duplicate;
    });

    [Fact]
    public void The_earlier_record_gives_time_and_identity() => Laws.Hold(InventedCalls.Triples, calls =>
        Revision.Merge(calls.A, calls.B) is var merged
        && merged.OccurredAt == (calls.A.OccurredAt < calls.B.OccurredAt ? calls.A : calls.B).OccurredAt
        && merged.Id.UnixSeconds == merged.OccurredAt.ToUnixTimeSeconds());

    [Fact]
    public void Other_figures_of_the_same_size_are_a_conflict_and_the_known_ones_stay()
    {
        var (known, other) = (InventedCalls.Call(5), InventedCalls.Call(5, model: "another"));

        Revision.Judge(known, other).ShouldBe(RevisionVerdict.Conflict);
        Revision.Merge(known, other).ShouldBe(known);
    }

    [Theory]
    [InlineData("run-1", "run-2", RevisionVerdict.Conflict)]
    [InlineData("run-1", "run-1", RevisionVerdict.Duplicate)]
    [InlineData("run-1", "", RevisionVerdict.Duplicate)]
    [InlineData("", "run-2", RevisionVerdict.Duplicate)]
    public void A_call_belongs_to_one_run(string known, string arriving, RevisionVerdict verdict) =>
        Revision.Judge(InventedCalls.Call(5) with { Run = known }, InventedCalls.Call(5) with { Run = arriving }).ShouldBe(verdict);

    [Theory]
    [InlineData("ada", "", "bob", "", RevisionVerdict.Conflict)]
    [InlineData("ada", "run-1", "bob", "", RevisionVerdict.Conflict)]
    [InlineData("", "run-1", "bob", "", RevisionVerdict.Conflict)]
    [InlineData("ada", "run-1", "", "", RevisionVerdict.Conflict)]
    [InlineData("", "", "bob", "", RevisionVerdict.Supersedes)]
    [InlineData("ada", "run-1", "", "run-1", RevisionVerdict.Supersedes)]
    [InlineData("ada", "", "ada", "run-1", RevisionVerdict.Supersedes)]
    public void Nobody_elses_record_supersedes_a_call_however_large_it_is(string user, string run, string other, string otherRun, RevisionVerdict verdict)
    {
        var (small, large) = (Of(InventedCalls.Call(1), user, run), Of(InventedCalls.Call(5), other, otherRun));

        Revision.Judge(small, large).ShouldBe(verdict);
        Revision.Judge(large, small).ShouldBe(verdict == RevisionVerdict.Supersedes ? RevisionVerdict.Duplicate : verdict);

        static UsageEvent Of(UsageEvent call, string user, string run) => call with { Dimensions = call.Dimensions with { User = user }, Run = run };
    }

    [Fact]
    public void A_run_and_a_duration_that_only_one_record_knows_are_kept()
    {
        var (small, large) = (InventedCalls.Call(1) with { Run = "run-1" }, InventedCalls.Call(5, second: 1) with { DurationMilliseconds = 70 });

        var merged = Revision.Merge(small, large);

        (merged.Run, merged.DurationMilliseconds, merged.Tokens.Output).ShouldBe(("run-1", 70, 5));
        Revision.Merge(InventedCalls.Call(1) with { Run = "run-1" }, InventedCalls.Call(5) with { Run = "run-2" }).Run.ShouldBe("run-2");
    }

    [Theory]
    [InlineData("k1", "k2", "k1")]
    [InlineData("k1", "", "k1")]
    [InlineData("", "k2", "k2")]
    [InlineData("", "", "")]
    public void The_key_that_told_a_call_first_stays_whichever_record_is_better_or_earlier(string known, string arriving, string kept)
    {
        foreach (var (output, second) in new[] { (5, 0), (5, 1), (5, -1), (9, 0), (9, -1), (1, -1) })
        {
            var (left, right) = (Told(InventedCalls.Call(5), known), Told(InventedCalls.Call(output, second: second), arriving));

            var merged = Revision.Merge(left, right);

            merged.Dimensions.ApiKey.ShouldBe(kept);
            Revision.Judge(merged, right).ShouldBe(RevisionVerdict.Duplicate);
        }

        static UsageEvent Told(UsageEvent call, string key) => call with { Dimensions = call.Dimensions with { ApiKey = key } };
    }

    private static (EventId, DateTimeOffset, Session, Dimensions, TokenCounts, CallTerms, EventQuality, string, long?) Kept(UsageEvent call) =>
        (call.Id, call.OccurredAt, call.Session, call.Dimensions, call.Tokens, call.Terms, call.Quality, call.Run, call.DurationMilliseconds);
}
