using Farthing.Domain.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Usage;

public sealed class TokenCountsLaws
{
    private const int Classes = (int)TokenClass.Citation + 1;

    private static Arbitrary<int[]> Counts { get; } = Gen.Choose(0, 2_000_000_000).ArrayOf(Classes).ToArbitrary();

    [Fact]
    public void The_total_is_the_sum_of_the_classes() => Laws.Hold(Counts, counts =>
        Tokens(counts).Total == counts.Sum(count => (long)count) && Tokens(counts).IsValid);

    [Fact]
    public void The_prompt_leaves_out_what_was_generated() => Laws.Hold(Counts, counts =>
    {
        var generated = new[] { TokenClass.Output, TokenClass.OutputAudio, TokenClass.OutputImage, TokenClass.OutputVideo, TokenClass.Citation };
        var tokens = Tokens(counts);
        return tokens.Prompt == tokens.Total - generated.Sum(kind => (long)counts[(int)kind]);
    });

    [Fact]
    public void Reasoning_is_a_part_of_output_and_never_added() => Laws.Hold(Counts, counts =>
        (Tokens(counts) with { Reasoning = counts[(int)TokenClass.Output] }).Total == Tokens(counts).Total);

    private static TokenCounts Tokens(int[] counts)
    {
        long Of(TokenClass kind) => counts[(int)kind];
        return new()
        {
            Input = Of(TokenClass.Input),
            CacheRead = Of(TokenClass.CacheRead),
            CacheWrite5m = Of(TokenClass.CacheWrite5m),
            CacheWrite1h = Of(TokenClass.CacheWrite1h),
            Output = Of(TokenClass.Output),
            Modalities = new()
            {
                [TokenClass.InputAudio] = Of(TokenClass.InputAudio),
                [TokenClass.CacheReadAudio] = Of(TokenClass.CacheReadAudio),
                [TokenClass.OutputAudio] = Of(TokenClass.OutputAudio),
                [TokenClass.InputImage] = Of(TokenClass.InputImage),
                [TokenClass.CacheReadImage] = Of(TokenClass.CacheReadImage),
                [TokenClass.OutputImage] = Of(TokenClass.OutputImage),
                [TokenClass.InputVideo] = Of(TokenClass.InputVideo),
                [TokenClass.OutputVideo] = Of(TokenClass.OutputVideo),
                [TokenClass.Citation] = Of(TokenClass.Citation),
            },
        };
    }
}
