using System.Text;

namespace Farthing.Testing;

/// <summary>
/// Compares what code wrote with what was committed. With <c>UPDATE_GOLDEN=1</c> in the environment the committed file is
/// written anew instead: look at the difference before you commit it.
/// </summary>
public static class GoldenFile
{
    private const string UpdateVariable = "UPDATE_GOLDEN";

    /// <summary>Compares a text with a file.</summary>
    /// <param name="actual">What was written; line ends are compared as line feeds.</param>
    /// <param name="relativePath">The file, from the root of the repository.</param>
    /// <exception cref="InvalidOperationException">They differ, or the file does not exist.</exception>
    public static void Compare(string actual, string relativePath)
    {
        var path = Path.Combine(Root(), relativePath);
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{relativePath} does not exist; run with {UpdateVariable}=1 to write it.");
        }

        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (!string.Equals(expected, text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(Difference(expected, text, relativePath));
        }
    }

    /// <summary>The root of the repository: the nearest folder above the tests that holds the solution.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Farthing.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run below the repository.");
        }

        return folder;
    }

    private static string Difference(string expected, string actual, string path)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(index => left.ElementAtOrDefault(index) != right.ElementAtOrDefault(index));
        return $"""
            {path} differs from line {line + 1} on; run with {UpdateVariable}=1 when the new text is right.
            expected: {left.ElementAtOrDefault(line)}
            actual:   {right.ElementAtOrDefault(line)}
            all of it:
            {actual}
            """;
    }
}
