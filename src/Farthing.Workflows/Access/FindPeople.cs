namespace Farthing.Workflows.Access;

/// <summary>Which people are looked for.</summary>
public sealed record PeopleSearch
{
    /// <summary>Whom the asker may see at all.</summary>
    public required Scope Within { get; init; }

    /// <summary>What their name or address holds, in large or small letters; empty for everybody.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Which part of the list.</summary>
    public required Page Page { get; init; }
}

/// <summary>
/// Finds people by a part of their name or address. Stores know letters of other alphabets in different ways, so they are
/// compared here, and the same is found everywhere.
/// </summary>
public sealed class FindPeople(IEngineers engineers)
{
    /// <summary>A page of those who are found, in the order of their ids. At most <see cref="PeopleNames.EngineersMax"/> people are looked at.</summary>
    public async Task<IReadOnlyList<Engineer>> FindAsync(PeopleSearch search, CancellationToken cancellationToken)
    {
        if (search.Text.Length == 0)
        {
            return await engineers.ListAsync(search.Within, search.Page, cancellationToken);
        }

        var all = await engineers.ListAsync(search.Within, search.Page with { Limit = PeopleNames.EngineersMax }, cancellationToken);
        return [.. all.Where(engineer => Holds(engineer.Name) || Holds(engineer.Email) || Holds(engineer.DisplayName)).Take(search.Page.Limit)];

        bool Holds(string? text) => text?.Contains(search.Text, StringComparison.OrdinalIgnoreCase) is true;
    }
}
