namespace Farthing.Storage.Sql;

/// <summary>The statements of the sums by session that both engines understand.</summary>
internal static class SessionText
{
    /// <summary>The columns of a row.</summary>
    public static readonly string Columns = $"session, day, series, rate_card, {string.Join(", ", SumChange.Columns)}, first_at, last_at, head";

    /// <summary>Adds changes to rows.</summary>
    /// <param name="source">Where the values come from.</param>
    /// <param name="least">The engine's function for the smaller of two numbers.</param>
    /// <param name="greatest">That for the greater one.</param>
    public static string Upsert(string source, string least, string greatest) =>
        $"INSERT INTO session_days ({Columns}) {source} ON CONFLICT (session, day, series, rate_card) DO UPDATE SET " +
        string.Join(", ", SumChange.Columns.Select(column => $"{column} = session_days.{column} + excluded.{column}")) +
        $", first_at = {least}(session_days.first_at, excluded.first_at), last_at = {greatest}(session_days.last_at, excluded.last_at)";
}
