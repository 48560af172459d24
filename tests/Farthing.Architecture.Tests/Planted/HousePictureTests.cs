using Farthing.Architecture.Tests.Picture;

namespace Farthing.Architecture.Tests.Planted;

public sealed class HousePictureTests
{
    [Fact]
    public void It_shows_shipped_projects_their_rooms_and_every_arrow()
    {
        using var house = new MiniHouse();

        HousePicture.Draw(house.Read()).ShouldBe("""
            %% Drawn by Farthing.Architecture.Tests; UPDATE_GOLDEN=1 dotnet test draws it anew.
            flowchart TD
              subgraph Farthing["Farthing"]
                Farthing__Commands["Commands/"]
              end
              subgraph Farthing_Domain["Farthing.Domain"]
                Farthing_Domain__Money["Money/"]
                Farthing_Domain__Usage["Usage/"]
                Farthing_Domain__Usage --> Farthing_Domain__Money
              end
              subgraph Farthing_Storage["Farthing.Storage"]
              end
              subgraph Farthing_Workflows["Farthing.Workflows"]
              end
              Farthing ==> Farthing_Domain
              Farthing ==> Farthing_Storage
              Farthing ==> Farthing_Workflows
              Farthing_Storage ==> Farthing_Domain
              Farthing_Storage ==> Farthing_Workflows
              Farthing_Workflows ==> Farthing_Domain

            """);
    }

    [Fact]
    public void It_changes_with_an_arrow_and_not_with_anything_else()
    {
        using var house = new MiniHouse();
        var before = HousePicture.Draw(house.Read());

        house.Write("src/Farthing.Domain/Money/Cent.cs", "namespace Farthing.Domain.Money;\ninternal sealed class Cent;\n");
        HousePicture.Draw(house.Read()).ShouldBe(before);

        house.Write("src/Farthing.Domain/Pricing/Card.cs", "using Farthing.Domain.Usage;\nnamespace Farthing.Domain.Pricing;\ninternal sealed record Card(Call Call);\n");
        HousePicture.Draw(house.Read()).ShouldContain("Farthing_Domain__Pricing --> Farthing_Domain__Usage");
    }

    [Fact]
    public void A_stale_picture_is_told_line_by_line()
    {
        HousePicture.Differences("a\nb\n", "a\n  c\n").ShouldBe(["+ c", "- b"]);
        HousePicture.Differences("a\nb\n", "b\na\n").ShouldBe(["the same lines in another order"]);
        HousePicture.Differences("a\r\nb\r\n", "a\nb\n").ShouldBeEmpty();
    }
}
