using System.Runtime.InteropServices;

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>
/// The two dozen functions of SQLite's C interface that the store calls. Bound directly, because ADO.NET and the
/// packaged bindings cost more at start-up than a whole report may take; see <c>docs/decisions</c>.
/// </summary>
internal static unsafe partial class NativeMethods
{
    public const int Ok = 0;

    /// <summary>The statement does not fit: a fault of syntax, or a table or column that is not there.</summary>
    public const int Error = 1;

    public const int Row = 100;
    public const int Done = 101;

    public const int OpenReadOnly = 0x1;
    public const int OpenReadWrite = 0x2;

    /// <summary>A connection is used by one thread at a time; its own locks would only cost.</summary>
    public const int OpenNoMutex = 0x8000;

    public const int TypeInteger = 1;
    public const int TypeFloat = 2;
    public const int TypeText = 3;
    public const int TypeBlob = 4;
    public const int TypeNull = 5;

    /// <summary>The statement lives long; SQLite takes its memory from the heap instead of the connection's small reserve.</summary>
    public const uint PreparePersistent = 0x1;

    /// <summary>Counts the pages that a connection wrote.</summary>
    public const int StatusPagesWritten = 9;

    /// <summary>Asks for the open file of the journal, which is the write-ahead log where there is one.</summary>
    public const int JournalPointer = 28;

    /// <summary>A sync as a commit does it.</summary>
    public const int SyncNormal = 2;

    /// <summary>SQLite keeps the pointer: the memory must stay until the statement is reset.</summary>
    public const nint Static = 0;

    /// <summary>SQLite copies the memory.</summary>
    public const nint Transient = -1;

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_libversion")]
    public static partial byte* LibVersion();

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_open_v2")]
    public static partial int Open(byte* path, nint* database, int flags, byte* vfs);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_close_v2")]
    public static partial int Close(nint database);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_busy_timeout")]
    public static partial int BusyTimeout(nint database, int milliseconds);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_errmsg")]
    public static partial byte* ErrorMessage(nint database);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_errstr")]
    public static partial byte* ErrorName(int code);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_changes")]
    [SuppressGCTransition]
    public static partial int Changes(nint database);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_db_status")]
    public static partial int DatabaseStatus(nint database, int what, int* current, int* highest, int reset);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_file_control")]
    public static partial int FileControl(nint database, byte* schema, int what, void* argument);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_get_autocommit")]
    public static partial int IsOutsideTransaction(nint database);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_exec")]
    public static partial int Execute(nint database, byte* sql, nint callback, nint argument, byte** error);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_prepare_v3")]
    public static partial int Prepare(nint database, byte* sql, int bytes, uint flags, nint* statement, byte** rest);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_finalize")]
    public static partial int Finalize(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static partial int BindInteger(nint statement, int index, long value);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int index, byte* text, int bytes, nint destructor);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int index, byte* bytes, int count, nint destructor);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static partial int BindNull(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_parameter_count")]
    public static partial int ParameterCount(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_count")]
    public static partial int ColumnCount(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_name")]
    public static partial byte* ColumnName(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static partial int ColumnType(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static partial long ColumnInteger(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_double")]
    public static partial double ColumnFloat(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_text")]
    public static partial byte* ColumnText(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_blob")]
    public static partial byte* ColumnBlob(nint statement, int index);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnBytes(nint statement, int index);
}
