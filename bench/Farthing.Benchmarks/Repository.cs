using System.Diagnostics;

namespace Farthing.Benchmarks;

/// <summary>The checkout that the benchmarks run in, and the generator of logs in it.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Generates a home folder with invented logs of both agents.</summary>
    /// <returns>The home folder, below a temporary folder that the caller removes.</returns>
    public static string GenerateLogs(string folder, int megabytesPerAgent)
    {
        var size = megabytesPerAgent.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var generator = Process.Start(
            new ProcessStartInfo("python3", [Path.Combine(Root, "bench", "gen_logs.py"), "--out", folder, "--seed", "42", "--claude-mb", size, "--codex-mb", size])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }) ?? throw new InvalidOperationException("python3 does not start.");
        generator.StandardOutput.ReadToEnd();
        generator.WaitForExit();
        return generator.ExitCode == 0
            ? Path.Combine(folder, "home")
            : throw new InvalidOperationException($"gen_logs.py ended with {generator.ExitCode}.");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Farthing.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("The benchmarks run from within a checkout.");
        }

        return folder;
    }
}
