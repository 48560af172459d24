using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class PureDomainTests
{
    private const string Usd = "src/Farthing.Domain/Money/Usd.cs";

    [Fact]
    public void A_folder_that_looks_left_is_silent()
    {
        using var house = new MiniHouse();

        PureDomain.ArrowsToTheRight(house.Read()).ShouldBeEmpty();
        PureDomain.Impurities(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_looks_right_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Usage/Call.cs", "namespace Farthing.Domain.Usage;\npublic sealed record Call;\n")
            .Write(Usd, "using Farthing.Domain.Usage;\nnamespace Farthing.Domain.Money;\npublic readonly record struct Usd(Call Call);\n");

        PureDomain.ArrowsToTheRight(house.Read()).ShouldBe([Usd + ":1: Money -> Usage"]);
    }

    [Fact]
    public void A_subfolder_that_looks_right_is_found_and_one_that_looks_up_is_not()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Money/Text/Format.cs", "namespace Farthing.Domain.Money.Text;\ninternal sealed record Format(Usd Usd, Usage.Call Call);\n");

        PureDomain.ArrowsToTheRight(house.Read()).ShouldBe(["src/Farthing.Domain/Money/Text/Format.cs:2: Money -> Usage"]);
    }

    [Fact]
    public void A_folder_without_a_place_in_the_order_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Attic/Box.cs", "namespace Farthing.Domain.Attic;\ninternal sealed record Box;\n");

        PureDomain.ArrowsToTheRight(house.Read()).ShouldBe(["src/Farthing.Domain/Attic/Box.cs lies in no folder of the order"]);
    }

    [Theory]
    [InlineData("Task<long>", "Task")]
    [InlineData("ValueTask", "ValueTask")]
    [InlineData("System.Threading.Tasks.Task", "Task")]
    [InlineData("IAsyncEnumerable<long>", "IAsyncEnumerable")]
    [InlineData("ILogger<Clock>", "ILogger")]
    [InlineData("TimeProvider", "TimeProvider")]
    public void Tasks_loggers_and_clocks_are_found(string type, string named)
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Usage/Clock.cs", $"namespace Farthing.Domain.Usage;\ninternal sealed record Clock({type} Value);\n");

        PureDomain.Impurities(house.Read()).ShouldBe([$"src/Farthing.Domain/Usage/Clock.cs:2: {named}"]);
    }

    [Fact]
    public void The_same_types_elsewhere_and_words_in_comments_are_silent()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Workflows/Metering/Import.cs", "namespace Farthing.Workflows.Metering;\ninternal sealed record Import(Task Task);\n")
            .Write(Usd, "namespace Farthing.Domain.Money;\n/// <summary>Asks no TimeProvider.</summary>\npublic readonly record struct Usd(string Task);\n");

        PureDomain.Impurities(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_package_is_found_but_not_the_one_allowed()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Farthing.Domain.csproj", MiniHouse.ProjectText(
            "<PackageReference Include=\"Dapper\" />", "<PackageReference Include=\"MathNet.Numerics\" />"));

        PureDomain.Impurities(house.Read()).ShouldBe(["src/Farthing.Domain: package Dapper"]);
    }
}
