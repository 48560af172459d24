namespace Farthing.Storage.Sql;

/// <summary>The current row of a query, whichever engine answers it. Columns count from 0.</summary>
internal interface ISqlRow
{
    /// <summary>Whether a column is null.</summary>
    bool IsNull(int column);

    /// <summary>A number of 64 bits.</summary>
    long Integer(int column);

    /// <summary>A text.</summary>
    string Text(int column);

    /// <summary>Bytes.</summary>
    byte[] Bytes(int column);
}
