using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;

namespace Farthing.Storage.Sqlite.Engine;

/// <summary>
/// A compiled statement, run again and again. Parameters count from 1 and stay bound until they are bound anew; columns
/// count from 0.
/// </summary>
internal sealed unsafe class Statement : ISqlRow, IDisposable
{
    private const int StackMax = 512;

    private readonly Connection connection;
    private readonly BoundInteger[] bounds;
    private nint handle;

    /// <summary>Where a bound event id lives until the statement has run, so that SQLite need not copy it.</summary>
    private byte* idBytes;

    /// <summary>Takes over a compiled statement of the connection.</summary>
    public Statement(Connection connection, nint handle)
    {
        this.connection = connection;
        this.handle = handle;
        bounds = new BoundInteger[NativeMethods.ParameterCount(handle) + 1];
    }

    /// <summary>The number of columns of its result.</summary>
    public int ColumnCount => NativeMethods.ColumnCount(handle);

    /// <summary>Binds a number.</summary>
    public void Bind(int parameter, long value)
    {
        // Rows that follow each other have many values in common, and to compare is cheaper than to call.
        ref var bound = ref bounds[parameter];
        if (bound.IsInteger && bound.Value == value)
        {
            return;
        }

        connection.Check(NativeMethods.BindInteger(handle, parameter, value));
        bound = new(true, value);
    }

    /// <summary>Binds null.</summary>
    public void BindNull(int parameter)
    {
        bounds[parameter] = default;
        connection.Check(NativeMethods.BindNull(handle, parameter));
    }

    /// <summary>Binds a number, or null.</summary>
    public void Bind(int parameter, long? value)
    {
        if (value is { } number)
        {
            Bind(parameter, number);
        }
        else
        {
            BindNull(parameter);
        }
    }

    /// <summary>Binds a text, or null.</summary>
    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            BindNull(parameter);
            return;
        }

        bounds[parameter] = default;
        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = length <= StackMax ? null : ArrayPool<byte>.Shared.Rent(length);
        var bytes = rented is null ? stackalloc byte[StackMax] : rented.AsSpan();
        var written = Encoding.UTF8.GetBytes(value, bytes);
        fixed (byte* text = bytes)
        {
            connection.Check(NativeMethods.BindText(handle, parameter, text, written, NativeMethods.Transient));
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Binds bytes.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value)
    {
        bounds[parameter] = default;
        fixed (byte* bytes = value)
        {
            connection.Check(NativeMethods.BindBlob(handle, parameter, bytes, value.Length, NativeMethods.Transient));
        }
    }

    /// <summary>Binds the one event id of the statement.</summary>
    public void BindId(int parameter, EventId id)
    {
        if (idBytes is null)
        {
            idBytes = (byte*)NativeMemory.Alloc(EventId.Size);
        }

        id.WriteTo(new Span<byte>(idBytes, EventId.Size));
        bounds[parameter] = default;
        connection.Check(NativeMethods.BindBlob(handle, parameter, idBytes, EventId.Size, NativeMethods.Static));
    }

    /// <summary>Binds the ends of a range of event ids to a parameter and the next one.</summary>
    public void BindIds(int parameter, EventId from, EventId to)
    {
        Span<byte> bytes = stackalloc byte[EventId.Size];
        from.WriteTo(bytes);
        Bind(parameter, bytes);
        to.WriteTo(bytes);
        Bind(parameter + 1, bytes);
    }

    /// <summary>Goes to the next row; false after the last one, when the statement is ready for the next run.</summary>
    public bool Step()
    {
        var code = NativeMethods.Step(handle);
        if (code == NativeMethods.Row)
        {
            return true;
        }

        try
        {
            // The message belongs to the step, so it is taken before the reset.
            connection.Check(code);
            return false;
        }
        finally
        {
            // Also after a failure: a statement that stands in the middle of one takes no new values.
            Reset();
        }
    }

    /// <summary>Runs a statement of which no row is wanted.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    /// <summary>Runs a statement that yields at most one number, for example by RETURNING.</summary>
    public int? TakeId()
    {
        int? id = Step() ? Small(0) : null;
        Reset();
        return id;
    }

    /// <summary>Makes the statement ready for the next run.</summary>
    public void Reset() => _ = NativeMethods.Reset(handle);

    /// <summary>Whether a column is null.</summary>
    public bool IsNull(int column) => ColumnType(column) == NativeMethods.TypeNull;

    /// <summary>The storage class of a column in this row.</summary>
    public int ColumnType(int column) => NativeMethods.ColumnType(handle, column);

    /// <summary>The name of a column.</summary>
    public string ColumnName(int column) => Marshal.PtrToStringUTF8((nint)NativeMethods.ColumnName(handle, column)) ?? string.Empty;

    /// <summary>A number; 0 for null.</summary>
    public long Integer(int column) => NativeMethods.ColumnInteger(handle, column);

    /// <summary>A number within 32 bits.</summary>
    public int Small(int column) => checked((int)NativeMethods.ColumnInteger(handle, column));

    /// <summary>A floating-point number, as foreign databases hold them.</summary>
    public double Float(int column) => NativeMethods.ColumnFloat(handle, column);

    /// <summary>A text; empty for null.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The bytes of a text, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        var text = NativeMethods.ColumnText(handle, column);
        return new(text, text is null ? 0 : NativeMethods.ColumnBytes(handle, column));
    }

    /// <summary>Bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column)
    {
        var bytes = NativeMethods.ColumnBlob(handle, column);
        return new(bytes, bytes is null ? 0 : NativeMethods.ColumnBytes(handle, column));
    }

    /// <summary>A copy of bytes.</summary>
    public byte[] Bytes(int column) => Blob(column).ToArray();

    /// <summary>An event id.</summary>
    public EventId Id(int column) => EventId.FromBytes(Blob(column));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (handle == 0)
        {
            return;
        }

        connection.Forget(this);
        _ = NativeMethods.Finalize(handle);
        handle = 0;
        NativeMemory.Free(idBytes);
        idBytes = null;
    }

    private readonly record struct BoundInteger(bool IsInteger, long Value);
}
