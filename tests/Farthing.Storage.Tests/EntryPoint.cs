using Farthing.Storage.Tests.Sqlite;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Farthing.Storage.Tests;

/// <summary>Runs the tests, or the import that one of them starts as a process of its own.</summary>
internal static class EntryPoint
{
    private static readonly string[] Platform = ["--server", "--internal-msbuild-node"];

    public static async Task<int> Main(string[] args)
    {
        if (await ImportingChild.ImportIfAskedAsync())
        {
            return 0;
        }

        return args.Intersect(Platform, StringComparer.Ordinal).Any()
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
