using System.ComponentModel;
using System.Diagnostics;

namespace Farthing.Testing;

/// <summary>Small trees of invented logs whose tokens are known exactly, written by <c>bench/gen_logs.py</c>.</summary>
public static class GeneratedLogs
{
    /// <summary>What a test says when it is skipped because the generator cannot run.</summary>
    public const string PythonIsMissing = "The log generator needs python3; install it (apt-get install python3) to compare with the truth.";

    /// <summary>Writes <c>home/</c> with 2 MB of logs of each agent, and <c>truth.json</c>, into an existing folder.</summary>
    /// <returns>False when there is no python3.</returns>
    /// <exception cref="InvalidOperationException">The generator failed.</exception>
    public static bool TryWrite(string tree, int seed, string profile, string hazards)
    {
        string[] arguments =
        [
            Repository.PathOf("bench/gen_logs.py"), "--out", tree, "--seed", $"{seed}", "--claude-mb", "2", "--codex-mb", "2",
            "--profile", profile, "--hazards", hazards,
        ];
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? true : throw new InvalidOperationException($"gen_logs.py ended with exit code {python.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
