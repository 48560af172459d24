using Farthing.Architecture.Tests.Model;

namespace Farthing.Architecture.Tests.Planted;

/// <summary>
/// A small house in a temporary folder that keeps every rule, into which a test plants one fault. Dispose removes it.
/// </summary>
internal sealed class MiniHouse : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("farthing-house-");

    public MiniHouse()
    {
        Project("src/Farthing.Domain");
        Project("src/Farthing.Workflows", "Farthing.Domain");
        Project("src/Farthing.Storage", "Farthing.Domain", "Farthing.Workflows");
        Project("src/Farthing", "Farthing.Domain", "Farthing.Workflows", "Farthing.Storage");
        Write("src/Farthing.Domain/Money/Usd.cs", "namespace Farthing.Domain.Money;\npublic readonly record struct Usd(long Picodollars);\n");
        Write("src/Farthing.Domain/Usage/Call.cs", "using Farthing.Domain.Money;\nnamespace Farthing.Domain.Usage;\npublic sealed record Call(Usd Cost);\n");
        Write("src/Farthing/Commands/DailyCommand.cs", "namespace Farthing.Commands;\ninternal static class DailyCommand;\n");
    }

    /// <summary>Writes a project file with its README and test project and names both in the solution.</summary>
    public MiniHouse Project(string folder, params string[] references)
    {
        var name = Path.GetFileName(folder);
        Write($"{folder}/README.md", $"# {name}\n");
        WriteProject(folder, references);
        WriteProject($"tests/{name}.Tests", name);
        return this;
    }

    /// <summary>Writes a project file and nothing else.</summary>
    public MiniHouse WriteProject(string folder, params string[] references) =>
        Write($"{folder}/{Path.GetFileName(folder)}.csproj", ProjectText(references.Select(name => $"<ProjectReference Include=\"../{name}/{name}.csproj\" />")));

    /// <summary>The text of a project file with these items.</summary>
    public static string ProjectText(params IEnumerable<string> items) =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{string.Concat(items)}</ItemGroup></Project>";

    /// <summary>Writes a file, given relative to the root.</summary>
    public MiniHouse Write(string path, string text)
    {
        var full = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Removes a file, given relative to the root.</summary>
    public MiniHouse Remove(string path)
    {
        File.Delete(Path.Combine(root.FullName, path));
        return this;
    }

    /// <summary>Reads the house as it stands now; its solution names every project unless the test wrote one.</summary>
    public House Read()
    {
        if (!File.Exists(Path.Combine(root.FullName, House.SolutionFile)))
        {
            var lines = House.At(root.FullName).Files(".csproj").Select(path => $"  <Project Path=\"{path}\" />\n");
            Write(House.SolutionFile, $"<Solution>\n{string.Concat(lines)}</Solution>\n");
        }

        return House.At(root.FullName);
    }

    /// <inheritdoc/>
    public void Dispose() => root.Delete(recursive: true);
}
