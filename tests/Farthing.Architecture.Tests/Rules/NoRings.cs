using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>No ring of arrows, neither between projects nor between the rooms of one.</summary>
internal static class NoRings
{
    /// <summary>Rings of projects.</summary>
    public static IEnumerable<string> OfProjects(House house) =>
        Rings.Find(house.Projects.SelectMany(project => project.References, (project, reference) => (project.Name, reference)))
            .Select(ring => string.Join(" -> ", ring));

    /// <summary>Rings of rooms inside a project, each arrow with the first place that draws it.</summary>
    public static IEnumerable<string> OfRooms(House house) =>
        from project in house.Projects
        let arrows = RoomArrows.Of(project)
        from ring in Rings.Find(arrows.Select(arrow => (arrow.From, arrow.To)))
        select $"{project.Name}: " + string.Join(" -> ", ring) + " (" + string.Join(", ", PlacesOf(ring, arrows)) + ")";

    private static IEnumerable<string> PlacesOf(IReadOnlyList<string> ring, IReadOnlyList<RoomArrow> arrows) =>
        ring.Zip(ring.Skip(1), (from, to) => arrows.First(arrow => arrow.From == from && arrow.To == to).Place);
}
