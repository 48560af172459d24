using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>
/// Arrows between projects go down only: Domain, Workflows, the adapters and surfaces (which never see each other), the
/// host, and above them what tests and measures them.
/// </summary>
internal static class Floors
{
    private const int Measuring = 5;

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["Farthing.Domain"] = 0,
        ["Farthing.Workflows"] = 1,
        ["Farthing.Storage"] = 2,
        ["Farthing.Sources"] = 2,
        ["Farthing.Connectors"] = 2,
        ["Farthing.Web"] = 2,
        ["Farthing"] = 3,
        ["Farthing.Testing"] = 4,
    };

    /// <summary>References to a project on the same floor or a higher one, and projects that stand on no floor.</summary>
    public static IEnumerable<string> ArrowsNotDown(House house)
    {
        foreach (var project in house.Projects)
        {
            if (NumberOf(project) is not { } floor)
            {
                yield return $"{project.Name} stands on no floor";
                continue;
            }

            foreach (var reference in project.References.Where(name => house.Find(name) is { } other && NumberOf(other) >= floor))
            {
                yield return $"{project.Name} -> {reference}";
            }
        }
    }

    private static int? NumberOf(Project project) =>
        Numbers.TryGetValue(project.Name, out var floor) ? floor : project.Wing is "tests" or "bench" ? Measuring : null;
}
