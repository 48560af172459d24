using Farthing.Domain.Money;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Money;

public sealed class ApportionTests
{
    private const long Cent = Usd.PicodollarsPerCent;

    [Fact]
    public void Parts_are_rounded_so_that_they_add_up_to_the_rounded_whole()
    {
        Usd[] thirds = [new(Cent / 3), new(Cent / 3), new(Cent / 3)];

        Rounding.Apportion(thirds, Cent).ShouldBe([new Usd(Cent), Usd.Zero, Usd.Zero]);
    }

    [Fact]
    public void The_parts_nearest_to_the_next_unit_are_rounded_up()
    {
        Usd[] parts = [new(Cent + 100), new((2 * Cent) - 100), new(Cent / 2)];

        Rounding.Apportion(parts, Cent).ShouldBe([new Usd(Cent), new Usd(2 * Cent), new Usd(Cent)]);
    }

    [Fact]
    public void Lines_under_a_line_add_up_to_what_was_shown_for_it()
    {
        Usd[] parts = [new(Cent / 4), new(Cent / 4)];

        Rounding.Apportion(parts, Cent, new Usd(Cent)).ShouldBe([new Usd(Cent), Usd.Zero]);
        Rounding.Apportion(parts, Cent, Usd.Zero).ShouldBe([Usd.Zero, Usd.Zero]);
    }

    [Theory]
    [InlineData(3 * Cent)]
    [InlineData(-Cent)]
    [InlineData(Cent / 2)]
    public void A_whole_that_is_not_the_rounded_sum_is_a_bug(long whole) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Rounding.Apportion([new(Cent / 4), new(Cent / 4)], Cent, new Usd(whole)));

    [Fact]
    public void Every_part_is_off_by_less_than_a_unit() =>
        Prop.ForAll<long[]>(amounts =>
        {
            var parts = amounts.Select(amount => new Usd(amount * 7_919)).ToArray();

            var shown = Rounding.Apportion(parts, Cent);

            var sum = shown.Aggregate(Usd.Zero, (whole, part) => whole + part);
            var exact = parts.Aggregate(Usd.Zero, (whole, part) => whole + part);
            return sum.Picodollars == Rounding.DivideHalfEven(exact.Picodollars, Cent) * Cent
                && shown.Zip(parts, (one, other) => Int128.Abs((one - other).Picodollars)).All(distance => distance < Cent)
                && shown.All(part => part.Picodollars % Cent == 0);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_322, 13).WithMaxTest(300));
}
