using System.Text.RegularExpressions;
using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Rules;

/// <summary>Names say what a thing is. These words say nothing, and rooms named so collect everything.</summary>
internal static partial class PlainNames
{
    private const int MatchMillisecondsMax = 1_000;

    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Dto", "Dtos", "Info",
        "Infos", "Data", "Processor", "Processors", "Impl", "Mapper", "Mappers",
    };

    /// <summary>Types, files, folders and projects whose last word is a forbidden one.</summary>
    public static IEnumerable<string> Forbids(House house)
    {
        var projects = house.Projects.Where(project => IsForbidden(project.Name)).Select(project => project.Folder);
        var folders = house.Projects
            .SelectMany(project => project.Rooms, (project, room) => (Path: $"{project.Folder}/{room}", Names: room.Split('/')))
            .Where(folder => folder.Names.Any(IsForbidden))
            .Select(folder => folder.Path);
        var files = house.Sources.Where(source => IsForbidden(source.Name)).Select(source => source.Path);
        var types =
            from source in house.Sources
            from type in source.Types
            where IsForbidden(SourceFile.TypeName(type)!)
            select $"{source.At(type)}: {SourceFile.TypeName(type)}";
        return [.. projects, .. folders, .. files, .. types];
    }

    /// <summary>Whether the last word of a name is forbidden: <c>PriceHelper</c> is, <c>Metadata</c> is not.</summary>
    private static bool IsForbidden(string name) => LastWord().Match(name) is { Success: true, Value: var word } && Forbidden.Contains(word);

    [GeneratedRegex("([A-Z]+|[A-Z]?[a-z0-9]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMillisecondsMax)]
    private static partial Regex LastWord();
}
