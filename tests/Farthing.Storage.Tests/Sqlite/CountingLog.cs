using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Tests.Sqlite;

/// <summary>A file as SQLite lays it out, whose sync counts and may fail: no disk fails when a test asks it to.</summary>
internal sealed unsafe class CountingLog : IDisposable
{
    private const int SyncIndex = 5;
    private const int InputOutputError = 10;

    private readonly File* file = (File*)NativeMemory.AllocZeroed((nuint)sizeof(File));
    private readonly nint* functions = (nint*)NativeMemory.AllocZeroed(SyncIndex + 1, (nuint)sizeof(nint));

    public CountingLog()
    {
        functions[SyncIndex] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
        file->Functions = functions;
        Log = new((nint)file, "farthing.db");
    }

    public WriteAheadLog Log { get; }

    public int Syncs => file->Syncs;

    public void FailNow() => file->Answer = InputOutputError;

    public void FailNoMore() => file->Answer = 0;

    public void Dispose()
    {
        NativeMemory.Free(functions);
        NativeMemory.Free(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        ((File*)file)->Syncs++;
        return ((File*)file)->Answer;
    }

    private struct File
    {
        public nint* Functions;
        public int Syncs;
        public int Answer;
    }
}
