using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>Finds a team as people name it: by its id, or by its name where only one has it.</summary>
internal static class TeamNames
{
    /// <summary>The id.</summary>
    /// <param name="named">What was typed.</param>
    /// <param name="teams">All teams, by id and name.</param>
    /// <exception cref="AnswerException">There is no such team, or more than one.</exception>
    public static string Find(string named, IReadOnlyList<(string Id, string Name)> teams)
    {
        if (teams.Any(team => string.Equals(team.Id, named, StringComparison.Ordinal)))
        {
            return named;
        }

        var same = teams.Where(team => string.Equals(team.Name, named, StringComparison.OrdinalIgnoreCase)).ToList();
        return same switch
        {
            [var only] => only.Id,
            [] when teams.Count == 0 => throw new AnswerException($"There is no team '{DisplayText.Clean(named)}'; there are no teams at all."),
            [] => throw new AnswerException(
                $"There is no team '{DisplayText.Clean(named)}'; there is {DisplayText.Listed([.. teams.Select(static team => DisplayText.Clean(team.Name))])}."),
            _ => throw new AnswerException($"{same.Count} teams are called '{DisplayText.Clean(named)}'; use an id: {DisplayText.Listed([.. same.Select(static team => team.Id)])}."),
        };
    }
}
