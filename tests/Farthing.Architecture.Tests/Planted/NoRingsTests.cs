using Farthing.Architecture.Tests.Model;
using Farthing.Architecture.Tests.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Architecture.Tests.Planted;

public sealed class NoRingsTests
{
    private const string Orders = "src/Farthing.Workflows/Metering/Orders.cs";

    [Fact]
    public void A_house_without_rings_is_silent()
    {
        using var house = new MiniHouse();
        house.Write(Orders, "using Farthing.Workflows.Pricing;\nnamespace Farthing.Workflows.Metering;\ninternal sealed record Orders(Prices Prices);\n")
            .Write("src/Farthing.Workflows/Pricing/Prices.cs", "namespace Farthing.Workflows.Pricing;\ninternal sealed record Prices;\n");

        NoRings.OfProjects(house.Read()).ShouldBeEmpty();
        NoRings.OfRooms(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_ring_of_projects_is_found()
    {
        using var house = new MiniHouse();
        house.WriteProject("tests/Farthing.Testing", "Farthing.Domain").WriteProject("src/Farthing.Domain", "Farthing.Testing");

        NoRings.OfProjects(house.Read()).ShouldBe(["Farthing.Domain -> Farthing.Testing -> Farthing.Domain"]);
    }

    [Fact]
    public void A_ring_of_folders_by_directives_is_found()
    {
        using var house = new MiniHouse();
        house.Write(Orders, "using Farthing.Workflows.Pricing;\nnamespace Farthing.Workflows.Metering;\ninternal sealed record Orders(Prices Prices);\n")
            .Write("src/Farthing.Workflows/Pricing/Prices.cs", "using Farthing.Workflows.Metering;\nnamespace Farthing.Workflows.Pricing;\ninternal sealed record Prices(Orders Orders);\n");

        NoRings.OfRooms(house.Read()).ShouldBe(
        [
            "Farthing.Workflows: Metering -> Pricing -> Metering"
            + " (src/Farthing.Workflows/Metering/Orders.cs:1, src/Farthing.Workflows/Pricing/Prices.cs:1)",
        ]);
    }

    [Fact]
    public void A_ring_between_a_folder_and_its_parent_is_found_though_the_child_needs_no_directive()
    {
        using var house = new MiniHouse();
        house.Write(Orders, "using Farthing.Workflows.Metering.Lines;\nnamespace Farthing.Workflows.Metering;\ninternal sealed record Orders(Line Line);\n")
            .Write("src/Farthing.Workflows/Metering/Lines/Line.cs", "namespace Farthing.Workflows.Metering.Lines;\ninternal sealed record Line\n{\n    public Orders? Owner { get; init; }\n}\n");

        NoRings.OfRooms(house.Read()).ShouldBe(
        [
            "Farthing.Workflows: Metering -> Metering/Lines -> Metering"
            + " (src/Farthing.Workflows/Metering/Orders.cs:1, src/Farthing.Workflows/Metering/Lines/Line.cs:4)",
        ]);
    }

    [Fact]
    public void The_composition_root_may_name_folders_that_name_their_settings()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing/Program.cs", "using Farthing.Commands;\n_ = DailyCommand.Name;\n")
            .Write("src/Farthing/Settings.cs", "namespace Farthing;\ninternal sealed record Settings;\n")
            .Write("src/Farthing/Commands/DailyCommand.cs", "namespace Farthing.Commands;\ninternal sealed record DailyCommand(Settings Settings);\n");

        NoRings.OfRooms(house.Read()).ShouldBeEmpty();
    }

    [Fact]
    public void A_ring_of_a_folder_and_a_file_beside_it_is_found()
    {
        using var house = new MiniHouse();
        house.Write("src/Farthing/Settings.cs", "namespace Farthing;\ninternal sealed record Settings(Commands.DailyCommand First);\n")
            .Write("src/Farthing/Commands/DailyCommand.cs", "namespace Farthing.Commands;\ninternal sealed record DailyCommand(Settings Settings);\n");

        NoRings.OfRooms(house.Read()).ShouldBe(
            ["Farthing: Commands -> Settings.cs -> Commands (src/Farthing/Commands/DailyCommand.cs:2, src/Farthing/Settings.cs:2)"]);
    }

    [Fact]
    public void A_ring_of_three_is_found_once()
    {
        var rings = Rings.Find([("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("A", "A")]);

        rings.Select(ring => string.Concat(ring)).ShouldBe(["ABCA"]);
    }

    [Fact]
    public void Arrows_that_only_go_down_never_make_a_ring() =>
        Prop.ForAll<(byte, byte)[]>(pairs => Rings.Find(Falling(pairs)).Count == 0).Check(Seeded);

    [Fact]
    public void An_arrow_back_up_a_path_always_makes_a_ring() =>
        Prop.ForAll<(byte, byte)[], PositiveInt>((pairs, length) =>
        {
            var depth = (length.Get % 20) + 1;
            var path = Enumerable.Range(0, depth).Select(floor => (Name(floor), Name(floor + 1)));
            var rings = Rings.Find([.. Falling(pairs), .. path, (Name(depth), Name(0))]);
            return rings.Count > 0 && rings.All(ring => ring[0] == ring[^1] && ring.Count > 2);
        }).Check(Seeded);

    private static Config Seeded => Config.QuickThrowOnFailure.WithReplay(2026, 11).WithQuietOnSuccess(true);

    private static IEnumerable<(string From, string To)> Falling(IEnumerable<(byte, byte)> pairs) =>
        pairs.Where(pair => pair.Item1 != pair.Item2)
            .Select(pair => (Name(Math.Min(pair.Item1, pair.Item2)), Name(Math.Max(pair.Item1, pair.Item2))));

    private static string Name(int floor) => $"floor {floor}";
}
