using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Workflows.Exploring;

/// <summary>What somebody typed into a filter stands for.</summary>
/// <param name="Value">The value of the dimension; null when it stands for none, or for several.</param>
/// <param name="IsAmbiguous">Whether it stands for several.</param>
public sealed record TypedValue(string? Value, bool IsAmbiguous);

/// <summary>
/// Finds the value of a dimension by what people call it: engineers by name or address, teams by name, API keys by name,
/// public part or whose they are. The whole name goes before a part of one; an id is taken as it is.
/// </summary>
public sealed class FindTyped(IEngineers engineers, ITeams teams, IKeys keys, ISpendValues values)
{
    private const int TeamsMax = 1_000;
    private const int ValuesMax = 10_000;

    /// <summary>The dimensions whose values are ids that nobody types.</summary>
    public static IReadOnlyList<SpendDimension> Dimensions { get; } = [SpendDimension.User, SpendDimension.Team, SpendDimension.ApiKey];

    /// <summary>Finds it within a scope.</summary>
    public async Task<TypedValue> FindAsync(Scope within, SpendDimension by, string text, CancellationToken cancellationToken)
    {
        var all = await CalledAsync(within, by, cancellationToken);
        if (all.Any(one => one.Id == text))
        {
            return new(text, IsAmbiguous: false);
        }

        var found = all.Where(one => one.Names.Any(name => name is not null && ItemNames.AreSame(name, text))).ToList();
        found = found.Count > 0 ? found : [.. all.Where(one => one.Names.Any(name => name?.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase) is true))];
        return found switch
        {
            [var one] => new(one.Id, IsAmbiguous: false),
            [] => new(await IsValueAsync(within, by, text, cancellationToken) ? text : null, IsAmbiguous: false),
            _ => new(null, IsAmbiguous: true),
        };
    }

    private async Task<IReadOnlyList<Called>> CalledAsync(Scope within, SpendDimension by, CancellationToken cancellationToken) => by switch
    {
        SpendDimension.User => [.. (await PeopleAsync(within, cancellationToken)).Select(static one => new Called(one.Id, [one.Name, one.Email, one.DisplayName]))],
        SpendDimension.ApiKey => await KeysAsync(within, cancellationToken),
        _ => [.. (await teams.ListAsync(within, new(TeamsMax, string.Empty), cancellationToken)).Select(static one => new Called(one.Id, [one.Name]))],
    };

    private async Task<IReadOnlyList<Called>> KeysAsync(Scope within, CancellationToken cancellationToken)
    {
        var people = await PeopleNames.ReadAsync(engineers, within, cancellationToken);
        var found = await KeyNames.ReadAsync(keys, within, cancellationToken);
        return [.. found.Keys.Select(key => new Called(key.Id, [key.Name, KeyNames.Of(key), KeyNames.Of(key, people.Find(key.EngineerId))]))];
    }

    /// <summary>The people within a scope, and those who stand in its figures and left it.</summary>
    private async Task<IReadOnlyCollection<Engineer>> PeopleAsync(Scope within, CancellationToken cancellationToken)
    {
        var people = await PeopleNames.ReadAsync(engineers, within, cancellationToken);
        return (await people.WithAsync(engineers, within, await ValuesAsync(within, SpendDimension.User, cancellationToken), cancellationToken)).Named;
    }

    /// <summary>Whether calls bear the text itself: usage may name people that the organisation does not have.</summary>
    private async Task<bool> IsValueAsync(Scope within, SpendDimension by, string text, CancellationToken cancellationToken) =>
        (await ValuesAsync(within, by, cancellationToken)).Contains(text, StringComparer.Ordinal);

    private async Task<IEnumerable<string>> ValuesAsync(Scope within, SpendDimension by, CancellationToken cancellationToken) =>
        (await values.ValuesAsync(within, ValuesMax, cancellationToken)).Where(value => value.By == by).Select(static value => value.Value);

    private sealed record Called(string Id, IReadOnlyList<string?> Names);
}
