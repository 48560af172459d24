using System.Text;
using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Picture;

/// <summary>
/// Draws the shipped projects as a mermaid flowchart: a box for each project, in it its rooms with the arrows between
/// them, and one thick arrow for each reference between projects.
/// </summary>
internal static class HousePicture
{
    /// <summary>Where the picture is kept, relative to the root of the house.</summary>
    public const string Path = "docs/house.mmd";

    /// <summary>The picture, with line feeds.</summary>
    public static string Draw(House house)
    {
        var picture = new StringBuilder("%% Drawn by Farthing.Architecture.Tests; UPDATE_GOLDEN=1 dotnet test draws it anew.\nflowchart TD\n");
        foreach (var project in house.Shipped)
        {
            DrawProject(picture, project);
        }

        foreach (var project in house.Shipped)
        {
            foreach (var reference in project.References.Order(StringComparer.Ordinal))
            {
                picture.Append($"  {IdOf(project.Name)} ==> {IdOf(reference)}\n");
            }
        }

        return picture.ToString();
    }

    /// <summary>What a committed picture lacks (<c>+</c>) and shows too much (<c>-</c>); empty when it shows the same.</summary>
    public static IReadOnlyList<string> Differences(string committed, string drawn)
    {
        var before = committed.ReplaceLineEndings("\n").Split('\n');
        var after = drawn.Split('\n');
        string[] lines =
        [
            .. after.Except(before, StringComparer.Ordinal).Select(line => $"+ {line.Trim()}"),
            .. before.Except(after, StringComparer.Ordinal).Select(line => $"- {line.Trim()}"),
        ];
        return lines.Length == 0 && !before.SequenceEqual(after, StringComparer.Ordinal) ? ["the same lines in another order"] : lines;
    }

    private static void DrawProject(StringBuilder picture, Project project)
    {
        picture.Append($"  subgraph {IdOf(project.Name)}[\"{project.Name}\"]\n");
        foreach (var room in project.Rooms.Order(StringComparer.Ordinal))
        {
            var label = room.EndsWith(".cs", StringComparison.Ordinal) ? room : room + "/";
            picture.Append($"    {IdOf(project, room)}[\"{label}\"]\n");
        }

        foreach (var arrow in RoomArrows.Of(project))
        {
            picture.Append($"    {IdOf(project, arrow.From)} --> {IdOf(project, arrow.To)}\n");
        }

        picture.Append("  end\n");
    }

    private static string IdOf(Project project, string room) => $"{IdOf(project.Name)}__{IdOf(room)}";

    private static string IdOf(string name) => name.Replace('.', '_').Replace('/', '_');
}
