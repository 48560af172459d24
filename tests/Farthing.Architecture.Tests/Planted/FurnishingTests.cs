using Farthing.Architecture.Tests.Model;
using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class FurnishingTests
{
    [Fact]
    public void A_furnished_house_is_silent()
    {
        using var mini = new MiniHouse();
        var house = mini.Read();

        Furnishing.MissingReadmes(house).ShouldBeEmpty();
        Furnishing.NamespacesBesideTheirFolder(house).ShouldBeEmpty();
        Furnishing.ProjectsOutsideTheSolution(house).ShouldBeEmpty();
        Furnishing.UntestedProjects(house).ShouldBeEmpty();
        Furnishing.CommandsSharingAFile(house).ShouldBeEmpty();
    }

    [Fact]
    public void A_shipped_project_without_a_readme_is_found()
    {
        using var house = new MiniHouse();
        house.Remove("src/Farthing.Storage/README.md");

        Furnishing.MissingReadmes(house.Read()).ShouldBe(["src/Farthing.Storage has no README.md"]);
    }

    [Fact]
    public void A_namespace_beside_its_folder_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Domain/Money/Cent.cs", "namespace Farthing.Domain.Coins;\ninternal sealed class Cent;\n");

        Furnishing.NamespacesBesideTheirFolder(house.Read()).ShouldBe(
            ["src/Farthing.Domain/Money/Cent.cs:1: Farthing.Domain.Coins instead of Farthing.Domain.Money"]);
    }

    [Fact]
    public void A_project_outside_the_solution_is_found()
    {
        using var house = new MiniHouse();
        house.Read();
        house.WriteProject("tests/Farthing.Lost.Tests");

        Furnishing.ProjectsOutsideTheSolution(house.Read()).ShouldBe(
            [$"tests/Farthing.Lost.Tests/Farthing.Lost.Tests.csproj is not in {House.SolutionFile}"]);
    }

    [Fact]
    public void A_shipped_project_without_tests_is_found()
    {
        using var house = new MiniHouse();
        house.Remove("tests/Farthing.Domain.Tests/Farthing.Domain.Tests.csproj");

        Furnishing.UntestedProjects(house.Read()).ShouldBe(["Farthing.Domain has no tests"]);
    }

    [Theory]
    [InlineData("internal static class DailyCommand;\ninternal static class WeeklyCommand;", "DailyCommand, WeeklyCommand")]
    [InlineData("internal static class WeeklyCommand;", "WeeklyCommand")]
    [InlineData("", "no type")]
    public void A_command_without_a_file_of_its_own_is_found(string types, string held)
    {
        const string path = "src/Farthing/Commands/DailyCommand.cs";
        using var house = new MiniHouse();
        house.Write(path, $"namespace Farthing.Commands;\n{types}\n");

        Furnishing.CommandsSharingAFile(house.Read()).ShouldBe([$"{path} holds {held}"]);
    }

    [Fact]
    public void A_command_may_hold_types_inside_its_own()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing/Commands/DailyCommand.cs", "namespace Farthing.Commands;\ninternal static class DailyCommand\n{\n    private sealed record Row;\n}\n");

        Furnishing.CommandsSharingAFile(house.Read()).ShouldBeEmpty();
    }
}
