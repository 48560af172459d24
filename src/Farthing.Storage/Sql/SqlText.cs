using System.Globalization;
using System.Text;

namespace Farthing.Storage.Sql;

/// <summary>
/// A query with its parameters in the order of their first use. Both engines number <c>$1</c>, <c>$2</c> … the same way,
/// as long as each is used first in the order of its number.
/// </summary>
internal sealed class SqlText
{
    private readonly StringBuilder text = new();
    private readonly List<object> parameters = [];

    /// <summary>The parameters: numbers of 64 bits, texts and event ids.</summary>
    public IReadOnlyList<object> Parameters => parameters;

    /// <summary>Adds text as it is.</summary>
    public SqlText Add(string sql)
    {
        text.Append(sql).Append(' ');
        return this;
    }

    /// <summary>Adds text with a parameter behind it.</summary>
    public SqlText Add(string sql, object value)
    {
        parameters.Add(value);
        text.Append(sql).Append(CultureInfo.InvariantCulture, $" ${parameters.Count} ");
        return this;
    }

    /// <summary>Adds a condition, unless there is nothing to compare with.</summary>
    public SqlText AddIf(string sql, object? value) => value is null ? this : Add(sql, value);

    /// <summary>Adds the condition that something is one of some values; of none it is never one.</summary>
    public SqlText AddIn(string what, IEnumerable<string> values)
    {
        Add($"{what} IN (");
        var separator = string.Empty;
        foreach (var value in values)
        {
            Add(separator, value);
            separator = ",";
        }

        return Add(separator.Length == 0 ? "NULL)" : ")");
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
