namespace Farthing.Testing;

/// <summary>
/// Compares a text with a committed file that shows what it must be. With <c>UPDATE_GOLDEN=1</c> in the environment the
/// files are written instead, to be reviewed as a change.
/// </summary>
public static class GoldenFile
{
    /// <summary>Compares line by line; line ends do not matter.</summary>
    /// <param name="actual">What the code made.</param>
    /// <param name="relativePath">The golden file from the repository's root, with slashes.</param>
    /// <exception cref="GoldenFileException">The text differs, or there is no such file.</exception>
    public static void Compare(string actual, string relativePath)
    {
        var path = Repository.PathOf(relativePath);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        if (!File.Exists(path))
        {
            throw new GoldenFileException($"{relativePath} is missing; run the test with UPDATE_GOLDEN=1 and review it.");
        }

        var (expectedLines, actualLines) = (Lines(File.ReadAllText(path)), Lines(actual));
        for (var line = 0; line < Math.Max(expectedLines.Length, actualLines.Length); line++)
        {
            var (expected, made) = (LineAt(expectedLines, line), LineAt(actualLines, line));
            if (!string.Equals(expected, made, StringComparison.Ordinal))
            {
                throw new GoldenFileException($"{relativePath}, line {line + 1}\nexpected: {expected}\nactual:   {made}");
            }
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string LineAt(string[] lines, int line) => line < lines.Length ? lines[line] : "(end of text)";
}

/// <summary>A text is not what its golden file shows.</summary>
public sealed class GoldenFileException(string message) : Exception(message);
