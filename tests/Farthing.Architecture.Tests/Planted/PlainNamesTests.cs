using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class PlainNamesTests
{
    private const string Folder = "src/Farthing.Workflows/Metering";

    [Theory]
    [InlineData("class", "PriceManager")]
    [InlineData("class", "TextHelpers")]
    [InlineData("class", "Util")]
    [InlineData("record", "UsageDto")]
    [InlineData("record", "UsageDTO")]
    [InlineData("struct", "FileInfo")]
    [InlineData("interface", "IUsageData")]
    [InlineData("enum", "Common")]
    [InlineData("class", "EventProcessor")]
    [InlineData("class", "StoreImpl")]
    public void A_type_with_an_empty_name_is_found(string kind, string name)
    {
        using var house = new MiniHouse();
        house.Write(Folder + "/Import.cs", $"namespace Farthing.Workflows.Metering;\ninternal sealed class Import\n{{\n    internal {kind} {name};\n}}\n");

        PlainNames.Forbids(house.Read()).ShouldBe([$"{Folder}/Import.cs:4: {name}"]);
    }

    [Theory]
    [InlineData("DatabaseFile")]
    [InlineData("Metadata")]
    [InlineData("UtilizationRate")]
    [InlineData("DataFolder")]
    [InlineData("Commons")]
    public void A_name_that_only_contains_such_a_word_is_silent(string name)
    {
        using var house = new MiniHouse();
        house.Write($"{Folder}/{name}.cs", $"namespace Farthing.Workflows.Metering;\ninternal sealed class {name};\n");

        PlainNames.Forbids(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_with_an_empty_name_is_found()
    {
        using var house = new MiniHouse();
        house.Write(Folder + "/MeteringHelper.cs", "namespace Farthing.Workflows.Metering;\ninternal sealed class Import;\n");

        PlainNames.Forbids(house.Read()).ShouldBe([Folder + "/MeteringHelper.cs"]);
    }

    [Fact]
    public void A_folder_with_an_empty_name_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing.Workflows/Common/Import.cs", "namespace Farthing.Workflows.Common;\ninternal sealed class Import;\n");

        PlainNames.Forbids(house.Read()).ShouldBe(["src/Farthing.Workflows/Common"]);
    }

    [Fact]
    public void A_project_with_an_empty_name_is_found()
    {
        using var house = new MiniHouse();
        house.WriteProject("src/Farthing.Common");

        PlainNames.Forbids(house.Read()).ShouldBe(["src/Farthing.Common"]);
    }
}
