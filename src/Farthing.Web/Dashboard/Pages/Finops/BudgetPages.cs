using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>A budget as somebody wrote it into the form, right or wrong.</summary>
public sealed record BudgetForm : PageForm
{
    /// <summary>Which one is changed; empty for a new one.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What may be spent, in dollars.</summary>
    public string Amount { get; init; } = string.Empty;

    /// <summary>The word of its period.</summary>
    public string Period { get; init; } = "monthly";

    /// <summary>Above how many percent it warns.</summary>
    public string Alert { get; init; } = BudgetRules.UsualAlertThreshold.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whose spend it limits, as the word of the scope, a colon and the id; empty for the organisation, or the lead's own team.</summary>
    public string Whose { get; init; } = string.Empty;

    /// <summary>The name of somebody who is not listed; empty for none.</summary>
    public string Another { get; init; } = string.Empty;

    /// <summary>Whether it is a new one.</summary>
    public bool IsNew => Id.Length == 0;

    /// <summary>What is wrong with the choice of whose it is; null when nothing is.</summary>
    public string? WhoseProblem => IsTyped ? null : ScopeProblem;

    /// <summary>What is wrong with the name that was typed, or was not; null when nothing is.</summary>
    public string? AnotherProblem => IsTyped ? ScopeProblem : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => ["name", "amount", "period", "alert_threshold_pct", "team_id", "scope_id"];

    private bool IsTyped => Another.Length > 0 || BudgetChoice.Read(Whose).Id is { Length: 0 };

    private string? ScopeProblem => ProblemOf("team_id") ?? ProblemOf("scope_id");
}

/// <summary>The budgets that somebody keeps: shown, made, changed and removed.</summary>
internal static class BudgetPages
{
    private const string Title = "FinOps";
    private const string Path = "/finops/budgets";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadBudgetsPage").OpenToBrowsers(RoleSets.OverOthers);
        routes.MapGet(Path + "/new", NewAsync).WithName("OpenNewBudget").OpenToBrowsers(RoleSets.OverOthers);
        routes.MapPost(Path + "/new", CreateAsync).WithName("SendNewBudget").OpenToBrowsers(RoleSets.OverOthers);
        routes.MapGet(Path + "/edit", EditAsync).WithName("OpenBudget").OpenToBrowsers(RoleSets.OverOthers);
        routes.MapPost(Path + "/edit", ChangeAsync).WithName("SendBudget").OpenToBrowsers(RoleSets.OverOthers);
        routes.MapPost(Path + "/delete", RemoveAsync).WithName("DeleteBudget").OpenToBrowsers(RoleSets.OverOthers);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, Caller caller, ReadBudgets read, NewestCall newest, TimeProvider time, CancellationToken cancellationToken)
    {
        var newestAt = newest.AtAsync(ScopeRules.Of(caller), cancellationToken);
        var listed = await read.ListAsync(caller, team: null, request.AskedPage(), cancellationToken);
        return new PageResult<BudgetsPage>(Title)
            .With("Budgets", WorstFirst(listed.Cut(request, static named => named.Standing.Budget.Id)))
            .With("At", time.GetUtcNow())
            .With("NewestAt", await newestAt);
    }

    /// <summary>A page as people read it; which budgets stand on it their age decides, because to judge all of them takes longer.</summary>
    private static ListPage<NamedStanding> WorstFirst(ListPage<NamedStanding> page) => page with
    {
        Items = [.. page.Items.OrderByDescending(static named => named.Standing.Status.State).ThenBy(static named => named.Standing.Budget.Name, StringComparer.OrdinalIgnoreCase)],
    };

    /// <summary>The form of a new one; an address may say whose spend it limits, by the words of the API.</summary>
    private static async Task<IResult> NewAsync(HttpRequest request, Caller caller, BudgetChoices choices, ITeams teams, CancellationToken cancellationToken)
    {
        var whose = BudgetWords.Scope(request.Query["scope"]) is { } scope and not BudgetScope.Org && request.Query["id"] is [{ Length: > 0 and <= AccessTexts.LengthMax } id]
            ? BudgetChoice.ValueOf(scope, id)
            : string.Empty;
        return await ShowNewAsync(new() { Whose = whose }, caller, choices, teams, cancellationToken);
    }

    private static Task<IResult> EditAsync(HttpRequest request, Caller caller, ManageBudgets manage, ReadBudgets read, CancellationToken cancellationToken) =>
        ShowOldAsync(request.Query["id"].ToString(), FormOf, caller, manage, read, cancellationToken);

    private static Task<IResult> CreateAsync(
        HttpContext context, Caller caller, ManageBudgets manage, BudgetChoices choices, ITeams teams, SpendCalendar calendar, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields) with { Id = string.Empty };
            var target = await choices.FindAsync(caller, form.Whose, form.Another, cancellationToken);
            var made = await manage.CreateAsync(caller, DraftOf(form, target, calendar.Zone), cancellationToken);
            return made.Problem is { } problem
                ? await ShowNewAsync(form with { Problem = problem }, caller, choices, teams, cancellationToken)
                : PageAnswers.SeeOther(Path, "budget-created");
        });

    private static Task<IResult> ChangeAsync(HttpContext context, Caller caller, ManageBudgets manage, ReadBudgets read, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields);
            return (await manage.ChangeAsync(caller, form.Id, ChangeOf(form), cancellationToken)).Problem switch
            {
                null => PageAnswers.SeeOther(Path, "budget-changed"),
                { Kind: ProblemKind.NotFound or ProblemKind.Forbidden } problem => PageAnswers.Refuse(problem),
                var problem => await ShowOldAsync(form.Id, _ => form with { Problem = problem }, caller, manage, read, cancellationToken),
            };
        });

    private static Task<IResult> RemoveAsync(HttpContext context, Caller caller, ManageBudgets manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var problem = await manage.RemoveAsync(caller, fields["id"], cancellationToken);
            return problem is null ? PageAnswers.SeeOther(Path, "budget-deleted") : PageAnswers.Refuse(problem);
        });

    /// <summary>The form of a new budget, with those whose spend its maker may limit; a lead's is the own team's.</summary>
    private static async Task<IResult> ShowNewAsync(BudgetForm form, Caller caller, BudgetChoices choices, ITeams teams, CancellationToken cancellationToken)
    {
        var own = caller is { Role: Role.TeamLead, TeamId.Length: > 0 } ? await teams.FindAsync(caller.Org, caller.TeamId, cancellationToken) : null;
        return Show(form, await choices.ReadAsync(caller, form.Whose, cancellationToken), own is null ? null : $"team {own.Name}");
    }

    /// <summary>The form of a budget that is there; whose spend it limits stays.</summary>
    private static async Task<IResult> ShowOldAsync(
        string id, Func<Budget, BudgetForm> formOf, Caller caller, ManageBudgets manage, ReadBudgets read, CancellationToken cancellationToken)
    {
        var found = await manage.FindAsync(caller, id, cancellationToken);
        return found.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : Show(formOf(found.Value), [], BudgetText.WhoseOf(found.Value, await read.NameAsync(found.Value, cancellationToken)));
    }

    private static PageResult<BudgetFormPage> Show(BudgetForm form, IReadOnlyList<BudgetKind> kinds, string? whose) =>
        new PageResult<BudgetFormPage>(form.IsNew ? "New budget" : "Change budget", form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            .With("Form", form)
            .With("Kinds", kinds)
            .With("Whose", whose);

    private static BudgetForm Read(FormFields fields) => new()
    {
        Id = fields["id"],
        Name = fields["name"],
        Amount = fields["amount"],
        Period = fields["period"],
        Alert = fields["alert"],
        Whose = fields["whose"],
        Another = fields["another"],
    };

    private static BudgetForm FormOf(Budget budget) => new()
    {
        Id = budget.Id,
        Name = budget.Name,
        Amount = WrittenNumber.Offered(budget.Amount.ToDecimal()),
        Period = BudgetWords.Of(budget.Period),
        Alert = budget.AlertThresholdPercent.ToString(CultureInfo.InvariantCulture),
    };

    private static Result<Usd> AmountOf(BudgetForm form) =>
        WrittenNumber.Doubt(form.Amount) is { } doubt ? Problem.Invalid("amount", doubt)
        : Usd.TryParse(WrittenNumber.Plain(form.Amount), out var amount) ? amount
        : BudgetRules.WrongAmount;

    private static Result<int> AlertOf(BudgetForm form) =>
        int.TryParse(form.Alert.TrimEnd('%', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var alert)
            ? alert
            : Problem.Invalid("alert_threshold_pct", "The alert threshold is a whole number of percent from 0 to 100.");

    /// <summary>A budget that is made on the page counts the days that the page shows.</summary>
    private static BudgetDraft DraftOf(BudgetForm form, Result<(string? Scope, string? Id)> target, TimeZoneInfo zone)
    {
        var (amount, alert, whose) = (AmountOf(form), AlertOf(form), target.Or(default));
        return new()
        {
            Name = form.Name,
            Amount = amount.Or(Usd.Zero),
            Period = form.Period,
            Zone = zone.Id,
            AlertThresholdPercent = alert.Or(BudgetRules.UsualAlertThreshold),
            Scope = whose.Scope,
            ScopeId = whose.Id,
            Unread = Problem.Together(amount.Problem, alert.Problem, target.Problem),
        };
    }

    private static BudgetChange ChangeOf(BudgetForm form)
    {
        var (amount, alert) = (AmountOf(form), AlertOf(form));
        return new()
        {
            Name = form.Name,
            Amount = amount.Or(Usd.Zero),
            Period = form.Period,
            AlertThresholdPercent = alert.Or(BudgetRules.UsualAlertThreshold),
            Unread = Problem.Together(amount.Problem, alert.Problem),
        };
    }
}
