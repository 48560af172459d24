using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Workflows.Budgeting;

namespace Farthing.Workflows.Digesting;

/// <summary>What somebody spent in a week and in the week before.</summary>
/// <param name="Name">Who, or with what.</param>
/// <param name="Week">In the week.</param>
/// <param name="Before">In the week before.</param>
public sealed record WeekLine(string Name, Usd Week, Usd Before)
{
    /// <summary>What the week cost more.</summary>
    public Usd Growth => Week - Before;
}

/// <summary>A week as its digest tells it.</summary>
public sealed record WeekOfSpend
{
    private const int LinesMax = 3;
    private const int BudgetsMax = 5;
    private const int ActionsMax = 3;

    /// <summary>The Monday that it begins with.</summary>
    public required DateOnly Monday { get; init; }

    /// <summary>All of it.</summary>
    public required WeekLine Total { get; init; }

    /// <summary>By team, the dearest first.</summary>
    public required IReadOnlyList<WeekLine> Teams { get; init; }

    /// <summary>By model, the dearest first.</summary>
    public required IReadOnlyList<WeekLine> Models { get; init; }

    /// <summary>The budgets that are over, or will likely be, the most used first.</summary>
    public required IReadOnlyList<BudgetStanding> Budgets { get; init; }

    /// <summary>One line.</summary>
    public string Title => $"{Total.Week.Format()} in the week of {Day(Monday)}{Change()}";

    /// <summary>The whole of it, plain text.</summary>
    public string Text => string.Join(
        '\n',
        [
            $"{Day(Monday)} to {Day(Monday.AddDays(6))}: {Total.Week.Format()}{Change()}; the week before: {Total.Before.Format()}.",
            .. Part("Teams", Teams.Take(LinesMax).Select(Line)),
            .. Part("Models", Models.Take(LinesMax).Select(Line)),
            .. Part("Budgets at risk", Budgets.Take(BudgetsMax).Select(Line)),
            .. Part("What to do", Actions),
        ]);

    /// <summary>What somebody should look at, at most three.</summary>
    public IReadOnlyList<string> Actions => [.. Wanted().Take(ActionsMax)];

    private IEnumerable<string> Wanted()
    {
        foreach (var standing in Budgets.Take(1))
        {
            yield return $"Decide about budget '{standing.Budget.Name}': raise it, or spend less until its window ends.";
        }

        if (Teams.Where(static line => line.Growth > Usd.Zero && line.Name.Length > 0).MaxBy(static line => line.Growth) is { } team)
        {
            yield return $"Ask team {team.Name} about {team.Growth.Format()} more than the week before.";
        }

        if (Models.Where(static line => line.Growth > Usd.Zero).MaxBy(static line => line.Growth) is { } model)
        {
            yield return $"See whether a cheaper model does the work of {model.Name}, which cost {model.Growth.Format()} more.";
        }
    }

    private string Change()
    {
        if (Total.Before <= Usd.Zero)
        {
            return string.Empty;
        }

        var percent = ((Ratio.Dollars(Total.Week) / Ratio.Dollars(Total.Before)) - Ratio.One) * Ratio.Of(100);
        var rounded = percent.Round(0);
        return rounded switch
        {
            0 => ", as the week before",
            > 0 => string.Create(CultureInfo.InvariantCulture, $", {rounded} % more"),
            _ => string.Create(CultureInfo.InvariantCulture, $", {-rounded} % less"),
        };
    }

    private static IEnumerable<string> Part(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : [string.Empty, title + ":", .. all.Select(static line => "- " + line)];
    }

    private static string Line(WeekLine line) => $"{(line.Name.Length > 0 ? line.Name : "(none)")} {line.Week.Format()}, before {line.Before.Format()}";

    private static string Line(BudgetStanding standing) =>
        $"{standing.Budget.Name}: {standing.Status.Spend.Format()} of {standing.Budget.Amount.Format()}, {(standing.Status.IsAtRisk ? "will likely be overspent" : "overspent")}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
