using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>Columns that may be null, and moments.</summary>
internal static class Columns
{
    extension(Statement statement)
    {
        /// <summary>Binds a moment, or null.</summary>
        public void BindMoment(int parameter, DateTimeOffset? moment)
        {
            if (moment is { } at)
            {
                statement.Bind(parameter, at.ToUnixTimeMilliseconds());
            }
            else
            {
                statement.Bind(parameter, (string?)null);
            }
        }

        /// <summary>A moment.</summary>
        public DateTimeOffset Moment(int column) => DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(column));

        /// <summary>A moment; null for null.</summary>
        public DateTimeOffset? MomentOrNull(int column) => statement.IsNull(column) ? null : statement.Moment(column);

        /// <summary>A text; null for null.</summary>
        public string? TextOrNull(int column) => statement.IsNull(column) ? null : statement.Text(column);
    }
}
