using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>A view as somebody wrote it into the form, right or wrong.</summary>
public sealed record ViewForm : PageForm
{
    /// <summary>Which one is meant; empty for a new one.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What it is called.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The state that is kept.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>Whether everybody sees it.</summary>
    public bool IsShared { get; init; }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => ["name"];
}

/// <summary>The views that people keep: listed, kept, renamed, shared and deleted.</summary>
internal static class ViewPages
{
    /// <summary>Where they are.</summary>
    public const string Path = ExplorerAddress.Path + "/views";

    private const string Title = "Saved views";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadViewsPage").OpenToBrowsers();
        routes.MapPost(Path + "/save", SaveAsync).WithName("SendView").OpenToBrowsers();
        routes.MapPost(Path + "/change", ChangeAsync).WithName("SendViewChange").OpenToBrowsers();
        routes.MapPost(Path + "/delete", RemoveAsync).WithName("DeleteView").OpenToBrowsers();
    }

    /// <summary>The list, with the form of a new one when the address bears a view to keep.</summary>
    private static Task<IResult> ListAsync(HttpRequest request, Caller caller, ManageViews manage, CancellationToken cancellationToken) =>
        ShowAsync(new() { Query = request.Query["save"].ToString() is { Length: > 0 } query ? Canonical(query) : string.Empty }, caller, manage, cancellationToken);

    private static Task<IResult> SaveAsync(HttpContext context, Caller caller, ManageViews manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields) with { Id = string.Empty };
            var saved = await manage.SaveAsync(caller, form.Name, form.Query, form.IsShared, cancellationToken);
            return saved.Problem is { } problem
                ? await ShowAsync(form with { Problem = problem }, caller, manage, cancellationToken)
                : PageAnswers.SeeOther(Path, "view-saved");
        });

    private static Task<IResult> ChangeAsync(HttpContext context, Caller caller, ManageViews manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var form = Read(fields);
            var problem = await manage.ChangeAsync(caller, form.Id, form.Name, form.IsShared, cancellationToken);
            return problem switch
            {
                null => PageAnswers.SeeOther(Path, "view-saved"),
                { Kind: ProblemKind.Invalid or ProblemKind.Conflict } => await ShowAsync(form with { Query = string.Empty, Problem = problem }, caller, manage, cancellationToken),
                _ => PageAnswers.Refuse(problem),
            };
        });

    private static Task<IResult> RemoveAsync(HttpContext context, Caller caller, ManageViews manage, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var problem = await manage.RemoveAsync(caller, fields["id"], cancellationToken);
            return problem is null ? PageAnswers.SeeOther(Path, "view-deleted") : PageAnswers.Refuse(problem);
        });

    private static async Task<IResult> ShowAsync(ViewForm form, Caller caller, ManageViews manage, CancellationToken cancellationToken) =>
        new PageResult<ViewsPage>(Title, form.Problem?.StatusCode ?? StatusCodes.Status200OK)
            .With("Form", form)
            .With("Views", await manage.ListAsync(caller, cancellationToken));

    private static ViewForm Read(FormFields fields) => new()
    {
        Id = fields["id"], Name = fields["name"], Query = Canonical(fields["query"]), IsShared = fields["shared"].Length > 0,
    };

    /// <summary>Where a view is.</summary>
    /// <param name="query">Its query, as it is kept.</param>
    public static string LinkOf(string query) => $"{(BridgeAddress.IsOne(Parse(query)) ? BridgeAddress.Path : ExplorerAddress.Path)}?{query}";

    /// <summary>What a view shows, in a few words: <c>Cost by team, engineer · 30 days · 1 filter</c>.</summary>
    public static string ContentOf(string query)
    {
        var parsed = Parse(query);
        var view = ExplorerAddress.Read(parsed);
        var (what, filters) = (BridgeAddress.IsOne(parsed) ? "Comparison" : MetricWord.Of(view.Show).Name, view.Spend.Filters.Count);
        return $"{what} by {ExplorerText.InWords(view.By)} · {view.Spend.Span.Name}{(filters == 0 ? string.Empty : $" · {PageText.Count(filters, "filter")}")}";
    }

    /// <summary>Where a view is given a name.</summary>
    public static string SavePathOf(string query) => $"{Path}?save={Uri.EscapeDataString(query)}";

    /// <summary>A query as the explorer and its comparison write it, so that nothing else is ever kept.</summary>
    private static string Canonical(string query)
    {
        var parsed = Parse(query);
        return BridgeAddress.IsOne(parsed) ? BridgeAddress.Read(parsed).SavedQuery : ExplorerAddress.Read(parsed).Query;
    }

    private static QueryCollection Parse(string query) => new(QueryHelpers.ParseQuery(query));
}
