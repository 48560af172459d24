using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Planted;

/// <summary>What draws an arrow from Farthing.Workflows.Spending to a room that declares <c>Price</c>, and what does not.</summary>
public sealed class RoomArrowsTests
{
    private const string Here = "Farthing.Workflows.Spending";
    private const string Pricing = "Pricing";
    private const string There = "Farthing.Workflows.Pricing";

    private const string Price = """
        internal sealed record Price(int Value) { public static Price Free => new(0); }
        internal sealed class PriceAttribute : Attribute;
        """;

    [Theory]
    [InlineData("internal sealed record Spend(Farthing.Workflows.Pricing.Price Price);")]
    [InlineData("internal sealed record Spend(Pricing.Price Price);")]
    [InlineData("internal sealed class Spend { object Of() => new Pricing.Price(1); }")]
    [InlineData("internal sealed class Spend { object Of() => Pricing.Price.Free; }")]
    [InlineData("internal sealed class Spend { object Of() => global::Farthing.Workflows.Pricing.Price.Free; }")]
    [InlineData("internal sealed class Spend : List<Pricing.Price>;")]
    [InlineData("internal sealed class Spend { bool Is(object x) => x is Pricing.Price; }")]
    [InlineData("internal sealed class Spend { string Name => nameof(Pricing.Price); }")]
    public void Qualified_names_draw_an_arrow(string body) => ArrowsOf(Here, body).ShouldBe([Pricing]);

    [Theory]
    [InlineData("internal sealed record Spend(Price Amount);")]
    [InlineData("internal sealed class Spend { object Of() => new Price(1); }")]
    [InlineData("internal sealed class Spend { object Of() => Price.Free; }")]
    [InlineData("internal sealed class Spend { List<Price?>? all; }")]
    [InlineData("internal sealed class Spend { bool Is(object x) => x is Price; }")]
    [InlineData("internal sealed class Spend { int Of(object x) => x switch { Price => 1, _ => 0 }; }")]
    [InlineData("internal sealed class Spend { string Name => nameof(Price); }")]
    [InlineData("[Price] internal sealed class Spend;")]
    [InlineData("internal sealed class Spend<T> where T : Price;")]
    [InlineData("internal sealed class Spend { object Of(object x) => (Price)x; }")]
    public void Simple_names_of_a_parent_draw_an_arrow(string body) => ArrowsOf(There + ".Spending", body).ShouldBe([Pricing]);

    [Theory]
    [InlineData("internal sealed class Spend { int Of(Spend Price) => Price.Count; int Count => 1; }")]
    [InlineData("internal sealed class Spend { int Price => 1; string Of() => Price.ToString(); }")]
    [InlineData("internal sealed class Spend { object Of(Spend spend) => spend.Price.Free; }")]
    [InlineData("internal sealed class Spend { object Of() => new Spend { Price = 1 }; }")]
    [InlineData("internal sealed class Price { public static Price Free => new(); }")]
    [InlineData("internal sealed class Spend<Price> { Price? Value; }")]
    [InlineData("/// <summary><see cref=\"Price\"/></summary>\ninternal sealed class Spend;")]
    [InlineData("internal sealed class Spend { string Text => \"Price.Free\"; }")]
    public void Other_things_of_the_same_name_draw_none(string body) => ArrowsOf(There + ".Spending", body).ShouldBeEmpty();

    [Fact]
    public void A_directive_of_the_project_file_draws_an_arrow_where_a_name_needs_it()
    {
        using var house = House(Here, "internal sealed record Spend(Price Price);");
        house.Write("src/Farthing.Workflows/Farthing.Workflows.csproj", MiniHouse.ProjectText($"<Using Include=\"{There}\" />"));

        Arrows(house).ShouldBe([Pricing]);
    }

    [Fact]
    public void A_global_directive_draws_an_arrow_where_a_name_needs_it()
    {
        using var house = House(Here, "internal sealed record Spend(Price Price);");
        house.Write("src/Farthing.Workflows/Imports.cs", $"global using {There};\n");

        Arrows(house).ShouldBe([Pricing]);
    }

    [Fact]
    public void A_type_of_the_own_room_hides_the_one_of_a_parent()
    {
        using var house = House(There + ".Spending", "internal sealed record Spend(Price Price);");
        house.Write("src/Farthing.Workflows/Pricing/Spending/Price.cs", $"namespace {There}.Spending;\ninternal sealed record Price;\n");

        Arrows(house).ShouldBeEmpty();
    }

    private static IReadOnlyList<string> ArrowsOf(string room, string body)
    {
        using var house = House(room, body);
        return Arrows(house);
    }

    private static IReadOnlyList<string> Arrows(MiniHouse house) =>
        [.. RoomArrows.Of(house.Read().Find("Farthing.Workflows")!).Select(arrow => arrow.To)];

    private static MiniHouse House(string room, string body) =>
        new MiniHouse()
            .Write("src/Farthing.Workflows/Pricing/Price.cs", $"namespace {There};\n{Price}\n")
            .Write($"src/Farthing.Workflows{room["Farthing.Workflows".Length..].Replace('.', '/')}/Spend.cs", $"namespace {room};\n{body}\n");
}
