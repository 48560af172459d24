using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class ExactMoneyTests
{
    [Theory]
    [InlineData("double", "double x")]
    [InlineData("float", "float? x")]
    [InlineData("double", "List<double> x")]
    [InlineData("Double", "System.Double x")]
    [InlineData("Double", "Double x")]
    [InlineData("Half", "Half x")]
    public void A_floating_point_type_is_found(string found, string parameter) =>
        FoundIn("Pricing", $"internal sealed record Fault({parameter});").ShouldBe([found]);

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e9")]
    [InlineData("2f")]
    [InlineData("1d")]
    [InlineData(".5")]
    [InlineData("Math.Pow(10, 2)", "Math.Pow")]
    [InlineData("System.Math.Round(x)", "System.Math.Round")]
    [InlineData("Math.PI", "Math.PI")]
    [InlineData("Convert.ToDouble(x)", "Convert.ToDouble")]
    [InlineData("double.Parse(text)", "double")]
    [InlineData("Double.NaN", "Double")]
    [InlineData("System.Double.NaN", "Double")]
    [InlineData("(Half)x", "Half")]
    [InlineData("x is Double", "Double")]
    [InlineData("(long)(double)x", "double")]
    [InlineData("span.TotalHours", "span.TotalHours")]
    [InlineData("span?.TotalDays", ".TotalDays")]
    public void A_floating_point_expression_is_found(string expression, string? found = null) =>
        FoundIn("Billing", $"internal sealed class Fault {{ object Of() => {expression}; }}").ShouldBe([found ?? expression]);

    [Theory]
    [InlineData("1.5m")]
    [InlineData("1_000_000")]
    [InlineData("0xE5")]
    [InlineData("(decimal)x")]
    [InlineData("Math.BigMul(x, y) + Math.Max(x, y)")]
    [InlineData("cards.Single()")]
    [InlineData("x + Half")]
    [InlineData("cards?.Half")]
    [InlineData("RoundHalf.Even")]
    [InlineData("\"double 1.5\" /* Math.Pow */")]
    public void Integers_decimals_and_words_are_silent(string expression) =>
        FoundIn("Money", $"internal sealed class Sum {{ object Of() => {expression}; }}").ShouldBeEmpty();

    [Theory]
    [InlineData("Money", 1)]
    [InlineData("Pricing", 1)]
    [InlineData("Pricing/Tiers", 1)]
    [InlineData("Ledger", 1)]
    [InlineData("Billing", 1)]
    [InlineData("Budgets", 1)]
    [InlineData("Forecasting", 0)]
    [InlineData("Usage", 0)]
    public void It_is_forbidden_where_money_is_counted_and_nowhere_else(string folder, int count) =>
        FoundIn(folder, "internal sealed record Fault(double X);").Count.ShouldBe(count);

    private static List<string> FoundIn(string folder, string body)
    {
        var path = $"src/Farthing.Domain/{folder}/Fault.cs";
        using var house = new MiniHouse();
        house.Write(path, $"namespace Farthing.Domain.{folder.Replace('/', '.')};\n{body}\n");
        return [.. ExactMoney.FloatingPoint(house.Read()).Select(found => found.Replace($"{path}:2: ", string.Empty, StringComparison.Ordinal))];
    }
}
