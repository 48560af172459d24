namespace Farthing.Reports;

/// <summary>Names as people call the things: models without maker and date, projects relative to home, sessions by their beginning.</summary>
internal sealed class ShortNames
{
    private const int SessionLength = 8;
    private const int DateLength = 8;
    private static readonly string[] Makers = ["anthropic.", "anthropic/", "openai/", "google/", "models/"];
    private readonly Dictionary<string, string> models = new(StringComparer.Ordinal);

    /// <summary>Shortens the models of a report; two that would be called the same keep their whole names.</summary>
    public ShortNames(IEnumerable<string> modelNames)
    {
        var sharing = modelNames.Distinct(StringComparer.Ordinal).GroupBy(Shorten, StringComparer.Ordinal);
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

    private static string Shorten(string name)
    {
        var text = name.AsSpan();
        foreach (var maker in Makers)
        {
            if (text.IndexOf(maker, StringComparison.Ordinal) is >= 0 and var at)
            {
                text = text[(at + maker.Length)..];
            }
        }

        if (text.StartsWith("claude-", StringComparison.Ordinal))
        {
            text = text["claude-".Length..];
        }

        if (text.IndexOf("-v1:", StringComparison.Ordinal) is > 0 and var version)
        {
            text = text[..version];
        }

        return WithoutDate(text).ToString();
    }

    private static ReadOnlySpan<char> WithoutDate(ReadOnlySpan<char> text)
    {
        var isDated = text.Length > DateLength + 1
            && text[^(DateLength + 1)] is '-' or '@'
            && text[^DateLength..].IndexOfAnyExceptInRange('0', '9') < 0;
        return isDated ? text[..^(DateLength + 1)] : text;
    }
}
