using Farthing.Domain.Usage;

namespace Farthing.Reports;

/// <summary>Names as people call the things: models without maker and date, projects relative to home, sessions by their beginning.</summary>
internal sealed class ShortNames
{
    private const int SessionLength = 8;
    private readonly Dictionary<string, string> models = new(StringComparer.Ordinal);

    /// <summary>Shortens the models of a report; two that would be called the same keep their whole names.</summary>
    public ShortNames(IEnumerable<string> modelNames)
    {
        var sharing = modelNames.Distinct(StringComparer.Ordinal).GroupBy(ShortModel.Of, StringComparer.Ordinal);
        foreach (var group in sharing)
        {
            var alone = group.Count() == 1;
            foreach (var name in group)
            {
                models[name] = DisplayText.Clean(alone ? group.Key : name);
            }
        }
    }

    /// <summary>A model's short name.</summary>
    public string Model(string name) => models.TryGetValue(name, out var known) ? known : DisplayText.Clean(name);

    /// <summary>A project's path, with the home folder as <c>~</c>.</summary>
    public static string Project(string path, string home)
    {
        if (path.Length == 0)
        {
            return "(no project)";
        }

        var clean = DisplayText.Clean(path);
        var isInside = home.Length > 1 && clean.StartsWith(home, StringComparison.Ordinal) && (clean.Length == home.Length || clean[home.Length] is '/' or '\\');
        return isInside ? "~" + clean[home.Length..] : clean;
    }

    /// <summary>The beginning of a session's key: enough for <c>farthing explain</c> to find it.</summary>
    public static string Session(string key) => DisplayText.Clean(key.Length > SessionLength ? key[..SessionLength] : key);

    /// <summary>The last folder of a project's path.</summary>
    public static string Folder(string path)
    {
        var clean = DisplayText.Clean(path.TrimEnd('/', '\\'));
        return clean[(clean.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}
