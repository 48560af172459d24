using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every import below is blittable, so that ReadyToRun compiles the calls ahead of time and no stub is jitted at start-up.
[assembly: DisableRuntimeMarshalling]

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>
/// Chooses the SQLite engine: the library that the operator names in <c>FARTHING_SQLITE</c>, else the system's, which
/// gets security updates, else the one in the package.
/// </summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>The name in the imports; also the file name of the packaged library.</summary>
    public const string Name = "e_sqlite3";

    private const string OperatorVariable = "FARTHING_SQLITE";

    /// <summary>The SQL of this store needs upserts with RETURNING, which came with 3.35.</summary>
    private const int VersionMin = 3_035_000;

    private static readonly nint Chosen = Choose();

    /// <summary>Must run before the first import is called.</summary>
    public static void Redirect() => _ = Resolver.Registered;

    private static nint Choose()
    {
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out var handle) && IsRecent(handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static string[] Candidates()
    {
        var chosen = Environment.GetEnvironmentVariable(OperatorVariable);
        var system = OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib" : "libsqlite3.so.0";
        return (string.IsNullOrEmpty(chosen), OperatingSystem.IsWindows()) switch
        {
            (true, true) => [],
            (true, false) => [system],
            (false, true) => [chosen!],
            (false, false) => [chosen!, system],
        };
    }

    private static bool IsRecent(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
        && ((delegate* unmanaged[Cdecl]<int>)function)() >= VersionMin;

    private static class Resolver
    {
        public static readonly bool Registered = Register();

        private static bool Register()
        {
            // Zero lets the runtime look for the packaged library.
            NativeLibrary.SetDllImportResolver(
                typeof(SqliteLibrary).Assembly,
                static (library, _, _) => string.Equals(library, Name, StringComparison.Ordinal) ? Chosen : 0);
            return true;
        }
    }
}
