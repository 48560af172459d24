using System.Runtime.CompilerServices;

namespace Farthing.Testing;

/// <summary>Text that is kept beside the tests and compared to the letter.</summary>
public static class GoldenFile
{
    /// <summary>Compares with a kept file; with <c>UPDATE_GOLDEN=1</c> it is rewritten instead.</summary>
    /// <param name="actual">What came out.</param>
    /// <param name="relativePath">The file, from the root of the repository.</param>
    /// <exception cref="InvalidOperationException">The texts differ, or there is no such file.</exception>
    public static void Compare(string actual, string relativePath)
    {
        var path = PathOf(relativePath);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path)
            ? File.ReadAllText(path).ReplaceLineEndings("\n")
            : throw new InvalidOperationException($"{relativePath} does not exist; UPDATE_GOLDEN=1 writes it.");
        if (expected != actual)
        {
            throw new InvalidOperationException($"{relativePath} differs from what came out:\n{FirstDifference(expected, actual)}");
        }
    }

    /// <summary>The absolute path of a file of the repository.</summary>
    public static string PathOf(string relativePath) => Path.Combine(Root(), relativePath);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var at = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {at + 1}\n  kept: {left.ElementAtOrDefault(at)}\n  came: {right.ElementAtOrDefault(at)}";
    }
}
