using Farthing.Architecture.Tests.Model;
using Farthing.Architecture.Tests.Picture;
using Farthing.Architecture.Tests.Rules;

namespace Farthing.Architecture.Tests;

/// <summary>Every rule, held against the house that these tests stand in. The folder Planted proves that they can fail.</summary>
public sealed class OurHouseTests
{
    private const string UpdateGolden = "UPDATE_GOLDEN";

    [Fact]
    public void The_house_is_found() => House.Ours.Shipped.Select(project => project.Name).ShouldContain("Farthing.Domain");

    [Fact]
    public void Arrows_between_projects_go_down_only() => Floors.ArrowsNotDown(House.Ours).ShouldBeEmpty();

    [Fact]
    public void There_is_no_ring_of_projects() => NoRings.OfProjects(House.Ours).ShouldBeEmpty();

    [Fact]
    public void There_is_no_ring_of_folders() => NoRings.OfRooms(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Domain_folders_depend_only_on_folders_left_of_them() => PureDomain.ArrowsToTheRight(House.Ours).ShouldBeEmpty();

    [Fact]
    public void The_domain_has_no_tasks_no_logger_no_clock_and_no_package() => PureDomain.Impurities(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Money_is_never_floating_point() => ExactMoney.FloatingPoint(House.Ours).ShouldBeEmpty();

    [Fact]
    public void No_file_is_longer_than_400_lines() => EvenRooms.LongFiles(House.Ours).ShouldBeEmpty();

    [Fact]
    public void No_method_is_longer_than_60_lines() => EvenRooms.LongMethods(House.Ours).ShouldBeEmpty();

    [Fact]
    public void No_name_ends_in_a_word_that_says_nothing() => PlainNames.Forbids(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Namespaces_are_folders() => Furnishing.NamespacesBesideTheirFolder(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Every_shipped_project_has_a_readme() => Furnishing.MissingReadmes(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Every_shipped_project_has_tests() => Furnishing.UntestedProjects(House.Ours).ShouldBeEmpty();

    [Fact]
    public void The_solution_names_every_project() => Furnishing.ProjectsOutsideTheSolution(House.Ours).ShouldBeEmpty();

    [Fact]
    public void Every_command_has_a_file_of_its_own() => Furnishing.CommandsSharingAFile(House.Ours).ShouldBeEmpty();

    [Fact]
    public void The_committed_picture_shows_the_house_as_it_is()
    {
        var drawn = HousePicture.Draw(House.Ours);
        if (Environment.GetEnvironmentVariable(UpdateGolden) == "1")
        {
            File.WriteAllText(Path.Combine(House.Ours.Root, HousePicture.Path), drawn);
        }

        HousePicture.Differences(House.Ours.Read(HousePicture.Path), drawn).ShouldBeEmpty(
            $"{HousePicture.Path} is stale: run the tests once with {UpdateGolden}=1 and commit the picture.");
    }
}
