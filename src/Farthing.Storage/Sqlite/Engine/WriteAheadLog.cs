namespace Farthing.Storage.Sqlite.Engine;

/// <summary>
/// The write-ahead log of an open connection, as SQLite itself holds it: its sync is the one that a commit would do. Valid
/// as long as the connection is open; unlike the connection it may be used while another thread writes.
/// </summary>
internal sealed unsafe class WriteAheadLog
{
    /// <summary>The place of <c>xSync</c> among SQLite's functions of a file, which begin with their version.</summary>
    private const int SyncIndex = 5;

    private readonly nint file;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> sync;
    private readonly string path;

    /// <summary>Takes the file that SQLite tells of.</summary>
    /// <param name="file">An open <c>sqlite3_file</c>, whose first member leads to its functions.</param>
    /// <param name="path">The database, for messages.</param>
    public WriteAheadLog(nint file, string path)
    {
        (this.file, this.path) = (file, path);
        sync = (delegate* unmanaged[Cdecl]<nint, int, int>)(*(nint**)file)[SyncIndex];
    }

    /// <summary>Brings to the disk whatever was committed before; waits for it.</summary>
    /// <exception cref="StorageFailedException">The disk did not take it; nobody knows how much of it is there.</exception>
    public void Sync()
    {
        var code = sync(file, NativeMethods.SyncNormal);
        if (code != NativeMethods.Ok)
        {
            throw new StorageFailedException(
                $"The disk did not take what was written to the database {path} (SQLite error {code}), so the last of it may be lost. Make sure that the disk is in order and start again.");
        }
    }
}
