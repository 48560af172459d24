namespace Farthing.Architecture.Tests.Model;

/// <summary>The files that people wrote, as paths relative to the root with forward slashes; build output is left out.</summary>
internal static class HouseFiles
{
    private static readonly string[] Unwritten = ["bin", "obj", "artifacts", "node_modules"];

    /// <summary>Files below a folder of the house that end in a suffix, in ordinal order; none when the folder is missing.</summary>
    public static IEnumerable<string> Below(string root, string folder, string suffix)
    {
        var start = Path.Combine(root, folder);
        return !Directory.Exists(start)
            ? []
            : Directory.EnumerateFiles(start, "*" + suffix, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(part => Unwritten.Contains(part, StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal);
    }

    /// <summary>The folder part of a path; empty when there is none.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;
}
