using System.Xml.Linq;

namespace Farthing.Architecture.Tests.Model;

/// <summary>
/// The house as its files tell it: projects from project files, rooms from folders, names from source text. Nothing is
/// compiled, so a house of planted faults is a handful of text files.
/// </summary>
/// <param name="Root">The absolute path of the folder that holds <c>src</c>, <c>tests</c> and <c>bench</c>.</param>
/// <param name="Projects">The projects in ordinal order of their names.</param>
internal sealed record House(string Root, IReadOnlyList<Project> Projects)
{
    /// <summary>The solution file, which also marks the root of the house.</summary>
    public const string SolutionFile = "Farthing.slnx";

    private static readonly string[] Wings = ["src", "tests", "bench"];
    private static readonly Lazy<House> Real = new(() => At(FindRoot()));

    /// <summary>The house that these tests stand in.</summary>
    public static House Ours => Real.Value;

    /// <summary>The projects that are shipped.</summary>
    public IEnumerable<Project> Shipped => Projects.Where(project => project.Wing == Wings[0]);

    /// <summary>All source files of all projects.</summary>
    public IEnumerable<SourceFile> Sources => Projects.SelectMany(project => project.Sources);

    /// <summary>Reads the house below a folder.</summary>
    public static House At(string root)
    {
        var projects = Wings.SelectMany(wing => HouseFiles.Below(root, wing, ".csproj"))
            .Select(path => ReadProject(root, path))
            .OrderBy(project => project.Name, StringComparer.Ordinal);
        return new(root, [.. projects]);
    }

    /// <summary>The project of a name; null when there is none.</summary>
    public Project? Find(string name) => Projects.FirstOrDefault(project => project.Name == name);

    /// <summary>Whether the house has a file, given relative to its root.</summary>
    public bool Has(string path) => File.Exists(Path.Combine(Root, path));

    /// <summary>Reads a file of the house, given relative to its root.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Paths relative to the root of all files in the wings that end in a suffix.</summary>
    public IEnumerable<string> Files(string suffix) => Wings.SelectMany(wing => HouseFiles.Below(Root, wing, suffix));

    private static Project ReadProject(string root, string path)
    {
        var document = XDocument.Load(Path.Combine(root, path));
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = HouseFiles.FolderOf(path);
        var rootNamespace = document.Descendants("RootNamespace").FirstOrDefault()?.Value ?? name;
        return new()
        {
            Name = name,
            Folder = folder,
            RootNamespace = rootNamespace,
            References = [.. Included("ProjectReference").Select(target => Path.GetFileNameWithoutExtension(target.Replace('\\', '/')))],
            Packages = [.. Included("PackageReference")],
            Imports = [.. Included("Using")],
            Sources = [.. HouseFiles.Below(root, folder, ".cs").Select(source => SourceFile.Read(root, source, folder, rootNamespace))],
        };

        IEnumerable<string> Included(string element) =>
            document.Descendants(element).Select(item => item.Attribute("Include")?.Value).OfType<string>();
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {SolutionFile}.");
    }
}
