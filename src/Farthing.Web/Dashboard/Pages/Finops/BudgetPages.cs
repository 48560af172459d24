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

    /// <summary>Whether it is a new one.</summary>
    public bool IsNew => Id.Length == 0;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => ["name", "amount", "period", "alert_threshold_pct", "team_id", "scope_id"];
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
            .With("Budgets", listed.Cut(request, static named => named.Standing.Budget.Id))
            .With("At", time.GetUtcNow())
            .With("NewestAt", await newestAt);
    }

    private static async Task<IResult> NewAsync(Caller caller, BudgetChoices choices, CancellationToken cancellationToken) =>
        await ShowAsync(new(), caller, choices, cancellationToken);

    private static async Task<IResult> EditAsync(HttpRequest request, Caller caller, ManageBudgets manage, CancellationToken cancellationToken)
    {
        var found = await manage.FindAsync(caller, request.Query["id"].ToString(), cancellationToken);
        return found.Problem is { } problem ? PageAnswers.Refuse(problem) : Show(FormOf(found.Value), [], StatusCodes.Status200OK);
    }

    private static Task<IResult> CreateAsync(
        HttpContext context, Caller caller, ManageBudgets manage, BudgetChoices choices, SpendCalendar calendar, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields);
            var numbers = NumbersOf(form);
            var problem = numbers.Problem ?? (await manage.CreateAsync(caller, DraftOf(form, numbers.Value, calendar.Zone), cancellationToken)).Problem;
            return problem is null ? PageAnswers.SeeOther(Path, "budget-created") : await ShowAsync(form with { Id = string.Empty, Problem = problem }, caller, choices, cancellationToken);
        });

    private static Task<IResult> ChangeAsync(HttpContext context, Caller caller, ManageBudgets manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields);
            var numbers = NumbersOf(form);
            var problem = numbers.Problem ?? (await manage.ChangeAsync(caller, form.Id, ChangeOf(form, numbers.Value), cancellationToken)).Problem;
            return problem switch
            {
                null => PageAnswers.SeeOther(Path, "budget-changed"),
                { Kind: ProblemKind.NotFound or ProblemKind.Forbidden } => PageAnswers.Refuse(problem),
                _ => Show(form with { Problem = problem }, [], StatusCodes.Status422UnprocessableEntity),
            };
        });

    private static Task<IResult> RemoveAsync(HttpContext context, Caller caller, ManageBudgets manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var problem = await manage.RemoveAsync(caller, fields["id"], cancellationToken);
            return problem is null ? PageAnswers.SeeOther(Path, "budget-deleted") : PageAnswers.Refuse(problem);
        });

    /// <summary>The form of a new budget, with the teams and keys that its maker may choose.</summary>
    private static async Task<IResult> ShowAsync(BudgetForm form, Caller caller, BudgetChoices choices, CancellationToken cancellationToken) => Show(
        form,
        await choices.ReadAsync(caller, cancellationToken),
        form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static PageResult<BudgetFormPage> Show(BudgetForm form, IReadOnlyList<BudgetChoice> choices, int status) =>
        new PageResult<BudgetFormPage>(form.IsNew ? "New budget" : "Change budget", status).With("Form", form).With("Choices", choices);

    private static BudgetForm Read(FormFields fields) => new()
    {
        Id = fields["id"],
        Name = fields["name"],
        Amount = fields["amount"],
        Period = fields["period"],
        Alert = fields["alert"],
        Whose = fields["whose"],
    };

    private static BudgetForm FormOf(Budget budget) => new()
    {
        Id = budget.Id,
        Name = budget.Name,
        Amount = WrittenNumber.Offered(budget.Amount.ToDecimal()),
        Period = BudgetWords.Of(budget.Period),
        Alert = budget.AlertThresholdPercent.ToString(CultureInfo.InvariantCulture),
    };

    private static Result<(Usd Amount, int Alert)> NumbersOf(BudgetForm form) =>
        WrittenNumber.Doubt(form.Amount) is { } doubt ? Problem.Invalid("amount", doubt)
        : !Usd.TryParse(WrittenNumber.Plain(form.Amount), out var amount) ? BudgetRules.WrongAmount
        : !int.TryParse(form.Alert.TrimEnd('%', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var alert)
            ? Problem.Invalid("alert_threshold_pct", "The alert threshold is a whole number of percent from 0 to 100.")
        : (amount, alert);

    /// <summary>A budget that is made on the page counts the days that the page shows.</summary>
    private static BudgetDraft DraftOf(BudgetForm form, (Usd Amount, int Alert) numbers, TimeZoneInfo zone) => new()
    {
        Name = form.Name,
        Amount = numbers.Amount,
        Period = form.Period,
        Zone = zone.Id,
        AlertThresholdPercent = numbers.Alert,
        Scope = BudgetChoice.Read(form.Whose).Scope,
        ScopeId = BudgetChoice.Read(form.Whose).Id,
    };

    private static BudgetChange ChangeOf(BudgetForm form, (Usd Amount, int Alert) numbers) => new()
    {
        Name = form.Name,
        Amount = numbers.Amount,
        Period = form.Period,
        AlertThresholdPercent = numbers.Alert,
    };
}
