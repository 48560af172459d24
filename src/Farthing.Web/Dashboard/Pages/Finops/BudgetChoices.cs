using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Somebody whose spend a new budget may limit.</summary>
/// <param name="Value">The word of the scope, a colon and the id; without an id it is another one, who is typed.</param>
/// <param name="Name">What people call it.</param>
public sealed record BudgetChoice(string Value, string Name)
{
    private const char Separator = ':';

    /// <summary>The value of one of a scope.</summary>
    public static string ValueOf(BudgetScope scope, string id) => $"{BudgetWords.Of(scope)}{Separator}{id}";

    /// <summary>One of a scope.</summary>
    public static BudgetChoice Of(BudgetScope scope, string id, string name) => new(ValueOf(scope, id), name);

    /// <summary>The word and the id of a value; both null for the organisation.</summary>
    public static (string? Scope, string? Id) Read(string value)
    {
        if (value.Length == 0)
        {
            return (null, null);
        }

        var parts = value.Split(Separator, 2);
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }
}

/// <summary>Those of a scope whose spend a new budget may limit.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Offered">Those that are offered, by name.</param>
/// <param name="Count">How many there are.</param>
public sealed record BudgetKind(BudgetScope Scope, IReadOnlyList<BudgetChoice> Offered, int Count)
{
    /// <summary>What stands above them: <c>Engineers (50 of 1,204)</c>.</summary>
    public string Title => IsCut ? $"{Word}s ({PageText.Count(Offered.Count)} of {PageText.Count(Count)})" : $"{Word}s";

    /// <summary>Any other one; null where all there can be are offered. Calls may bear names of projects and models that none bears yet.</summary>
    public BudgetChoice? Another => IsCut || Scope is BudgetScope.Project or BudgetScope.Model
        ? BudgetChoice.Of(Scope, string.Empty, $"Another {PlainWords.Within(BudgetWords.Of(Scope))}, named below")
        : null;

    private string Word => PlainWords.Of(BudgetWords.Of(Scope));

    private bool IsCut => Offered.Count < Count;
}

/// <summary>Whose spend the budgets that somebody makes may limit.</summary>
internal sealed class BudgetChoices(
    ITeams teams, IEngineers engineers, IKeys keys, ISpendQueries queries, FindTyped typed, SpendCalendar calendar, TimeProvider time)
{
    /// <summary>The most of a kind that are offered; others are typed.</summary>
    public const int OfferedMax = 50;

    /// <summary>Who spent most in so many days is offered.</summary>
    public const int Days = 30;

    private const int TeamsMax = 1_000;

    /// <summary>Whose they may be, by kind; nothing for a lead, whose budgets are the own team's.</summary>
    /// <param name="caller">Who makes a budget.</param>
    /// <param name="whose">Who was chosen, and is offered in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<BudgetKind>> ReadAsync(Caller caller, string whose, CancellationToken cancellationToken)
    {
        if (caller.Role == Role.TeamLead)
        {
            return [];
        }

        var within = ScopeRules.Of(caller);
        var people = await PeopleNames.ReadAsync(engineers, within, cancellationToken);
        var found = await teams.ListAsync(within, new(TeamsMax, string.Empty), cancellationToken);
        return
        [
            Offer(BudgetScope.Team, await DearestAsync(within, BudgetScope.Team, found.Select(static team => (team.Id, team.Name)), cancellationToken), whose),
            Offer(BudgetScope.Engineer, await DearestAsync(within, BudgetScope.Engineer, NamesOf(people.Engineers), cancellationToken), whose),
            Offer(BudgetScope.Project, await DearestAsync(within, BudgetScope.Project, known: null, cancellationToken), whose),
            Offer(BudgetScope.Model, await DearestAsync(within, BudgetScope.Model, known: null, cancellationToken), whose),
            Offer(BudgetScope.ApiKey, await KeysAsync(within, people, cancellationToken), whose),
        ];
    }

    /// <summary>The word and the id of whoever was chosen, or was typed as another one of a scope.</summary>
    /// <param name="caller">Who makes a budget.</param>
    /// <param name="whose">The value that was chosen.</param>
    /// <param name="another">The name that was typed; empty for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<(string? Scope, string? Id)>> FindAsync(Caller caller, string whose, string another, CancellationToken cancellationToken)
    {
        var (word, id) = BudgetChoice.Read(whose);
        var isTyped = word is not null && string.IsNullOrEmpty(id);
        return (isTyped, another.Length > 0) switch
        {
            (true, true) => await NamedAsync(caller, word!, another, cancellationToken),
            (true, false) => Problem.Invalid("scope_id", $"Type the name of the {PlainWords.Within(word!)}."),
            (false, true) => Problem.Invalid("scope_id", "Leave this empty, or choose above what it is the name of."),
            _ => (word, id),
        };
    }

    private async Task<Result<(string? Scope, string? Id)>> NamedAsync(Caller caller, string word, string name, CancellationToken cancellationToken)
    {
        var dimension = BudgetWords.Scope(word) is { } scope ? BudgetWords.DimensionOf(scope) : null;
        if (dimension is not { } by || !FindTyped.Dimensions.Contains(by))
        {
            return (word, name);
        }

        var found = await typed.FindAsync(ScopeRules.Of(caller), by, name, cancellationToken);
        return found.Value is { } id ? (word, id) : Problem.Invalid("scope_id", new TypedFilter(by, name, found.IsAmbiguous).Problem);
    }

    private static BudgetKind Offer(BudgetScope scope, IReadOnlyList<BudgetChoice> all, string whose)
    {
        var offered = all.Take(OfferedMax).ToList();
        if (BudgetChoice.Read(whose) is ({ } word, { Length: > 0 } id) && word == BudgetWords.Of(scope) && offered.TrueForAll(choice => choice.Value != whose))
        {
            offered.Add(all.FirstOrDefault(choice => choice.Value == whose) ?? new(whose, id));
        }

        return new(scope, [.. offered.OrderBy(static choice => choice.Name, StringComparer.OrdinalIgnoreCase)], Math.Max(all.Count, offered.Count));
    }

    /// <summary>Those of a scope who spent the most lately, then the others by name.</summary>
    /// <param name="within">What may be touched.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="known">All there are; null for those who spent something.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<IReadOnlyList<BudgetChoice>> DearestAsync(
        Scope within, BudgetScope scope, IEnumerable<(string Id, string Name)>? known, CancellationToken cancellationToken)
    {
        var by = BudgetWords.DimensionOf(scope)!.Value;
        var query = new SpendQuery { Within = within, Zone = calendar.Zone, Since = calendar.Today.AddDays(1 - Days), ByDay = false, GroupBy = [by], CostOnly = true };
        var spent = (await queries.SpendAsync(query, cancellationToken))
            .Where(row => row[by].Length > 0)
            .GroupBy(row => row[by], StringComparer.Ordinal)
            .ToDictionary(static rows => rows.Key, static rows => rows.Aggregate(Usd.Zero, static (sum, row) => sum + row.Cost), StringComparer.Ordinal);
        return
        [
            .. (known ?? spent.Keys.Select(static name => (name, name)))
                .OrderByDescending(one => spent.GetValueOrDefault(one.Id))
                .ThenBy(static one => one.Name, StringComparer.OrdinalIgnoreCase)
                .Select(one => BudgetChoice.Of(scope, one.Id, one.Name)),
        ];
    }

    /// <summary>The keys that work, those used last first: what each of very many told is dear to add up.</summary>
    private async Task<IReadOnlyList<BudgetChoice>> KeysAsync(Scope within, PeopleNames people, CancellationToken cancellationToken)
    {
        var working = new KeyQuery { Org = within.Org, Page = new(KeyNames.KeysMax, string.Empty), Kind = KeyKind.Key, WorkingAt = time.GetUtcNow(), IsNewestFirst = true };
        return
        [
            .. (await keys.ListAsync(working, cancellationToken))
                .OrderByDescending(static key => key.LastUsedAt ?? DateTimeOffset.MinValue)
                .Select(key => BudgetChoice.Of(BudgetScope.ApiKey, key.Id, KeyNames.Of(key, people.Find(key.EngineerId)))),
        ];
    }

    /// <summary>Engineers who are still there, with their address where several have one name.</summary>
    private static IEnumerable<(string Id, string Name)> NamesOf(IReadOnlyCollection<Engineer> all)
    {
        var active = all.Where(static engineer => engineer.IsActive).ToList();
        var shared = active.CountBy(static engineer => engineer.Name, StringComparer.OrdinalIgnoreCase)
            .Where(static name => name.Value > 1).Select(static name => name.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return active.Select(engineer => (engineer.Id, shared.Contains(engineer.Name) ? $"{engineer.Name} ({engineer.Email})" : engineer.Name));
    }
}
