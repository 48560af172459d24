using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests.Planted;

public sealed class FloorsTests
{
    [Fact]
    public void Arrows_down_are_silent()
    {
        using var house = new MiniHouse();

        Floors.ArrowsNotDown(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void An_arrow_up_is_found()
    {
        using var house = new MiniHouse();
        house.WriteProject("src/Farthing.Domain", "Farthing.Storage");

        Floors.ArrowsNotDown(house.Read()).ShouldBe(["Farthing.Domain -> Farthing.Storage"]);
    }

    [Fact]
    public void An_adapter_that_sees_another_one_is_found()
    {
        using var house = new MiniHouse();
        house.Project("src/Farthing.Sources", "Farthing.Domain", "Farthing.Storage");

        Floors.ArrowsNotDown(house.Read()).ShouldBe(["Farthing.Sources -> Farthing.Storage"]);
    }

    [Fact]
    public void An_adapter_that_sees_a_surface_is_found()
    {
        using var house = new MiniHouse();
        house.Project("src/Farthing.Web", "Farthing.Workflows").Project("src/Farthing.Sources", "Farthing.Web");

        Floors.ArrowsNotDown(house.Read()).ShouldBe(["Farthing.Sources -> Farthing.Web"]);
    }

    [Fact]
    public void A_shipped_project_that_references_tests_is_found()
    {
        using var house = new MiniHouse();
        house.WriteProject("tests/Farthing.Testing", "Farthing.Domain").WriteProject("src/Farthing.Workflows", "Farthing.Testing");

        Floors.ArrowsNotDown(house.Read()).ShouldBe(["Farthing.Workflows -> Farthing.Testing"]);
    }

    [Fact]
    public void A_shipped_project_on_no_floor_is_found()
    {
        using var house = new MiniHouse();
        house.Project("src/Farthing.Attic", "Farthing.Domain");

        Floors.ArrowsNotDown(house.Read()).ShouldBe(["Farthing.Attic stands on no floor"]);
    }
}
