using Farthing.Domain.Money;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Money;

public sealed class RoundingLaws
{
    private static Arbitrary<(long[] Parts, int Decimals)> Tables { get; } =
        (from parts in ArbMap.Default.GeneratorFor<int>().ArrayOf()
         from factor in Gen.Choose(1, 100_000)
         from decimals in Gen.Choose(0, 12)
         select (Array.ConvertAll(parts, part => (long)part * factor), decimals)).ToArbitrary();

    [Fact]
    public void Both_widths_divide_alike() => Laws.Hold<long, PositiveInt>((dividend, divisor) =>
        Rounding.DivideHalfEven(dividend, divisor.Get) == Rounding.DivideHalfEven((Int128)dividend, divisor.Get));

    [Theory]
    [InlineData(5, 10, 0)]
    [InlineData(15, 10, 2)]
    [InlineData(25, 10, 2)]
    [InlineData(-5, 10, 0)]
    [InlineData(-15, 10, -2)]
    [InlineData(-25, 10, -2)]
    [InlineData(14, 10, 1)]
    [InlineData(16, 10, 2)]
    [InlineData(7, 3, 2)]
    [InlineData(8, 3, 3)]
    [InlineData(long.MinValue, 1, long.MinValue)]
    public void Ties_go_to_the_even_neighbour(long dividend, long divisor, long quotient)
    {
        Rounding.DivideHalfEven(dividend, divisor).ShouldBe(quotient);
        Rounding.DivideHalfEven((Int128)dividend, divisor).ShouldBe(quotient);
    }

    [Fact]
    public void A_divisor_that_is_not_positive_is_a_bug()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Rounding.DivideHalfEven(1L, 0L));
        Should.Throw<ArgumentOutOfRangeException>(() => Rounding.DivideHalfEven((Int128)1, -1));
    }

    [Fact]
    public void Rows_add_up_to_the_rounded_total() => Laws.Hold(Tables, table =>
    {
        var unit = Unit(table.Decimals);
        var parts = Array.ConvertAll(table.Parts, part => new Usd(part));
        var rows = Rounding.Apportion(parts, unit);
        var total = parts.Aggregate(Usd.Zero, (sum, part) => sum + part).Round(table.Decimals);
        return rows.Aggregate(Usd.Zero, (sum, row) => sum + row) == total;
    });

    [Fact]
    public void No_row_is_a_whole_unit_away_from_its_exact_value() => Laws.Hold(Tables, table =>
    {
        var unit = Unit(table.Decimals);
        var parts = Array.ConvertAll(table.Parts, part => new Usd(part));
        return Rounding.Apportion(parts, unit).Zip(parts).All(pair => Int128.Abs((pair.First - pair.Second).Picodollars) < unit);
    });

    [Fact]
    public void Both_widths_give_the_same_rows() => Laws.Hold(Tables, table =>
    {
        var unit = Unit(table.Decimals);
        var parts = Array.ConvertAll(table.Parts, part => new Usd(part));
        var beyond = new Usd((Int128)long.MaxValue * 1_000_000_000_000);
        return Rounding.Apportion(parts, unit).SequenceEqual(Rounding.Apportion([.. parts, beyond, -beyond], unit).Take(parts.Length));
    });

    [Fact]
    public void The_largest_rest_gets_the_cent_that_is_left()
    {
        Usd[] parts = [Cents("1.4"), Cents("1.4"), Cents("1.2")];

        Rounding.Apportion(parts, Usd.PicodollarsPerCent).Select(row => row.Format()).ShouldBe(["$0.02", "$0.01", "$0.01"]);
    }

    private static long Unit(int decimals)
    {
        var unit = 1L;
        for (var place = decimals; place < 12; place++)
        {
            unit *= 10;
        }

        return unit;
    }

    private static Usd Cents(string cents)
    {
        Usd.TryParse(cents, out var dollars).ShouldBeTrue();
        return new(dollars.Picodollars / 100);
    }
}
