using System.Runtime.InteropServices;
using System.Text;

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>An open SQLite database, used by one thread at a time. Owns its statements.</summary>
internal sealed unsafe class Connection : IDisposable
{
    private readonly List<Statement> statements = [];
    private nint handle;

    private Connection(nint handle, string path)
    {
        this.handle = handle;
        Path = path;
    }

    /// <summary>The version of the engine in force, for example <c>3.40.1</c>.</summary>
    public static string EngineVersion
    {
        get
        {
            SqliteLibrary.Redirect();
            return Marshal.PtrToStringUTF8((nint)NativeMethods.LibVersion()) ?? string.Empty;
        }
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Rows that the last statement inserted, changed or deleted.</summary>
    public int Changes => NativeMethods.Changes(handle);

    /// <summary>Pages that went into the write-ahead log since it was asked for the last time.</summary>
    public int TakePagesWritten()
    {
        int pages;
        int highest;
        Check(NativeMethods.DatabaseStatus(handle, NativeMethods.StatusPagesWritten, &pages, &highest, reset: 1));
        return pages;
    }

    /// <summary>Whether what it commits goes into a write-ahead log, which the file system must be able to hold.</summary>
    public bool HasLog
    {
        get
        {
            using var mode = Prepare("PRAGMA journal_mode"u8);
            return mode.Step() && mode.Text(0) == "wal";
        }
    }

    /// <summary>The write-ahead log, once something was committed to it; null where there is none.</summary>
    public WriteAheadLog? FindLog()
    {
        if (!HasLog)
        {
            return null;
        }

        nint file;
        Check(NativeMethods.FileControl(handle, null, NativeMethods.JournalPointer, &file));
        return new WriteAheadLog(file, Path);
    }

    /// <summary>Opens an existing file.</summary>
    /// <param name="path">The database.</param>
    /// <param name="readOnly">Whether it belongs to somebody else and must not be changed.</param>
    /// <param name="busyMilliseconds">How long to wait for another process that holds a lock.</param>
    /// <exception cref="StorageFailedException">It cannot be opened.</exception>
    public static Connection Open(string path, bool readOnly, int busyMilliseconds)
    {
        SqliteLibrary.Redirect();
        nint database;
        int code;
        var flags = (readOnly ? NativeMethods.OpenReadOnly : NativeMethods.OpenReadWrite) | NativeMethods.OpenNoMutex;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            code = NativeMethods.Open(name, &database, flags, null);
        }

        var connection = new Connection(database, path);
        if (code == NativeMethods.Ok)
        {
            _ = NativeMethods.BusyTimeout(database, busyMilliseconds);
            return connection;
        }

        var failure = connection.Failure(code);
        connection.Dispose();
        throw failure;
    }

    /// <summary>Compiles a statement that is kept as long as the connection.</summary>
    public Statement Prepare(ReadOnlySpan<byte> sql)
    {
        Check(Compile(sql, out var statement));
        return Keep(statement);
    }

    /// <summary>As <see cref="Prepare"/>, but null when the statement names a table or column that the database lacks.</summary>
    public Statement? PrepareIfFitting(ReadOnlySpan<byte> sql)
    {
        var code = Compile(sql, out var statement);
        if (code == NativeMethods.Error)
        {
            return null;
        }

        Check(code);
        return Keep(statement);
    }

    /// <summary>Runs statements without parameters and results.</summary>
    public void Execute(string sql)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(sql + '\0'))
        {
            Check(NativeMethods.Execute(handle, text, 0, 0, null));
        }
    }

    /// <summary>The first column of the first row of a query without parameters; null when there is none.</summary>
    public long? Scalar(ReadOnlySpan<byte> sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Integer(0) : null;
    }

    /// <summary>Ends the transaction without its changes; does nothing when none is open any more.</summary>
    public void RollBack()
    {
        if (handle != 0 && NativeMethods.IsOutsideTransaction(handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Throws when a call failed.</summary>
    public void Check(int code)
    {
        if (code is not (NativeMethods.Ok or NativeMethods.Row or NativeMethods.Done))
        {
            throw Failure(code);
        }
    }

    /// <summary>Frees all statements, also those that stand in the middle of their rows.</summary>
    public void CloseStatements()
    {
        while (statements.Count > 0)
        {
            statements[^1].Dispose();
        }
    }

    /// <summary>Closes the database; the last connection to it folds the write-ahead log into the file.</summary>
    public void Dispose()
    {
        CloseStatements();
        _ = NativeMethods.Close(handle);
        handle = 0;
    }

    private int Compile(ReadOnlySpan<byte> sql, out nint statement)
    {
        nint compiled;
        int code;
        fixed (byte* text = sql)
        {
            code = NativeMethods.Prepare(handle, text, sql.Length, NativeMethods.PreparePersistent, &compiled, null);
        }

        statement = compiled;
        return code;
    }

    private Statement Keep(nint statement)
    {
        var prepared = new Statement(this, statement);
        statements.Add(prepared);
        return prepared;
    }

    internal void Forget(Statement statement) => statements.Remove(statement);

    private StorageFailedException Failure(int code)
    {
        var reason = handle == 0 ? NativeMethods.ErrorName(code) : NativeMethods.ErrorMessage(handle);
        return new($"The database {Path} cannot be used: {Marshal.PtrToStringUTF8((nint)reason)} (SQLite error {code}).");
    }
}
