using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>
/// The rows of a query on somebody else's database as lines of JSON, one object a row. The database is opened for
/// reading only, beside the program that writes it, and read in one transaction: its write-ahead log is taken into
/// account and nothing of it is copied.
/// </summary>
/// <remarks>A text in a column named <c>data</c> is written as the JSON that it is; every other text as a string.</remarks>
internal sealed class RowLines : Stream
{
    /// <summary>A writer that holds the database longer than this is a reason to try again with the next import.</summary>
    private const int BusyMilliseconds = 2_000;

    private const string JsonColumn = "data";

    /// <summary>A longer text is written as null, as a line of that length would not be read either.</summary>
    private const int TextMax = 64 * 1024 * 1024;

    private const int DepthMax = 256;

    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true };

    private readonly Connection connection;
    private readonly Statement rows;
    private readonly JsonEncodedText[] names;
    private readonly bool[] isJson;
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json;
    private int sent;
    private bool isAtEnd;

    private RowLines(Connection connection, Statement rows)
    {
        this.connection = connection;
        this.rows = rows;
        names = new JsonEncodedText[rows.ColumnCount];
        isJson = new bool[names.Length];
        for (var column = 0; column < names.Length; column++)
        {
            names[column] = JsonEncodedText.Encode(rows.ColumnName(column));
            isJson[column] = rows.ColumnName(column) == JsonColumn;
        }

        json = new(line, Compact);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a database and begins its query.</summary>
    /// <param name="path">The database.</param>
    /// <param name="query">The query whose rows become lines.</param>
    /// <param name="fallback">The query instead when that one does not fit the tables of the database; null when there is none.</param>
    /// <exception cref="IOException">It has disappeared, is locked or damaged, or is not a database.</exception>
    public static RowLines Open(string path, string? query, string? fallback = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(query);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The database {path} has disappeared.", path);
        }

        var database = Connection.Open(path, readOnly: true, BusyMilliseconds);
        try
        {
            database.Execute("BEGIN");
            var fitting = fallback is null ? null : database.PrepareIfFitting(Encoding.UTF8.GetBytes(query));
            return new(database, fitting ?? database.Prepare(Encoding.UTF8.GetBytes(fallback ?? query)));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && (sent < line.WrittenCount || NextLine()))
        {
            var count = Math.Min(buffer.Length - written, line.WrittenCount - sent);
            line.WrittenSpan.Slice(sent, count).CopyTo(buffer[written..]);
            sent += count;
            written += count;
        }

        return written;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            json.Dispose();
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NextLine()
    {
        line.ResetWrittenCount();
        sent = 0;
        if (isAtEnd || !rows.Step())
        {
            isAtEnd = true;
            return false;
        }

        json.Reset();
        json.WriteStartObject();
        for (var column = 0; column < names.Length; column++)
        {
            json.WritePropertyName(names[column]);
            WriteValue(column);
        }

        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        return true;
    }

    private void WriteValue(int column)
    {
        switch (rows.ColumnType(column))
        {
            case NativeMethods.TypeInteger:
                json.WriteNumberValue(rows.Integer(column));
                break;
            case NativeMethods.TypeFloat when double.IsFinite(rows.Float(column)):
                json.WriteNumberValue(rows.Float(column));
                break;
            case NativeMethods.TypeText:
                WriteText(column);
                break;
            case NativeMethods.TypeBlob:
                json.WriteBase64StringValue(rows.Blob(column));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private void WriteText(int column)
    {
        var text = rows.Utf8(column);
        if (text.Length > TextMax)
        {
            json.WriteNullValue();
        }
        else if (isJson[column] && IsJson(text))
        {
            WriteJson(text);
        }
        else if (Utf8.IsValid(text))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(text));
        }
    }

    /// <summary>Line ends between the tokens would end our line; inside strings JSON has none.</summary>
    private void WriteJson(ReadOnlySpan<byte> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        var oneLine = rented.AsSpan(0, text.Length);
        text.CopyTo(oneLine);
        oneLine.Replace((byte)'\n', (byte)' ');
        oneLine.Replace((byte)'\r', (byte)' ');
        json.WriteRawValue(oneLine, skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
            {
                // To have read it is all that is wanted.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
