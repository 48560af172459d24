using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Sessions;

/// <summary>
/// A place in the list of sessions, as addresses write it: the milliseconds of the last call, the agent, and the key; in front of
/// them the picodollars where the list is in order of cost.
/// </summary>
public static class SessionPlace
{
    private const char Separator = '~';
    private const int Parts = 3;

    /// <summary>Writes a place.</summary>
    public static string Of(SessionOrder order, SessionCursor cursor)
    {
        var cost = order == SessionOrder.CostliestFirst ? string.Create(CultureInfo.InvariantCulture, $"{cursor.Cost.Picodollars}{Separator}") : string.Empty;
        return Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{cost}{cursor.LastAt.ToUnixTimeMilliseconds()}{Separator}{cursor.Agent}{Separator}{cursor.Key}"));
    }

    /// <summary>Reads a place of a list of an order; null for whatever is none.</summary>
    public static SessionCursor? Read(SessionOrder order, string? text)
    {
        if (text is null || order == SessionOrder.LatestFirst)
        {
            return Read(text);
        }

        return text.Split(Separator, 2) is [var amount, var rest] && Int128.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var cost) && Read(rest) is { } cursor
            ? cursor with { Cost = new Usd(cost) }
            : null;
    }

    private static SessionCursor? Read(string? text) =>
        text?.Split(Separator, Parts) is [var at, var agent, var key]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= uint.MaxValue * 1_000L
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), key, agent)
            : null;
}
