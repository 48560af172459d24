using Farthing.Domain.Ledger;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Forecasting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>Wallets, what they are made of and what became of them. Who may see which is a part of every query.</summary>
internal static class CreditsPages
{
    /// <summary>Where the pages are.</summary>
    public const string Path = "/credits";

    private const string Title = "Credits";
    private const int PageSize = 50;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).WithName("ReadWalletsPage").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}", ViewAsync).WithName("ReadWalletPage").OpenToBrowsers().Reads(StatementFilter.Words);
        routes.MapGet(Path + "/{wallet}/grants", GrantsAsync).WithName("ReadGrantsPage").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}/holds", HoldsAsync).WithName("ReadHoldsPage").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}/statement.csv", ExportCsvAsync).WithName("ReadStatementCsv").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}/statement.json", ExportJsonAsync).WithName("ReadStatementJson").OpenToBrowsers();
        routes.MapGet(Path + "/runs/{run}", RunAsync).WithName("ReadRunPage").OpenToBrowsers();
        CreditForms.Map(routes);
    }

    /// <summary>Where a wallet's page is.</summary>
    public static string PathOf(string wallet) => $"{Path}/{Uri.EscapeDataString(wallet)}";

    /// <summary>Where a grant of a wallet is.</summary>
    public static string GrantPathOf(string wallet, string grant) => $"{PathOf(wallet)}/grants?id={Uri.EscapeDataString(grant)}";

    /// <summary>Where a hold of a wallet is, with what was booked for it.</summary>
    public static string HoldPathOf(string wallet, string hold) => $"{PathOf(wallet)}/holds?id={Uri.EscapeDataString(hold)}";

    /// <summary>A wallet that somebody may see; what can be no id is nowhere.</summary>
    public static async Task<Result<NamedWallet>> FindAsync(string wallet, Caller caller, ReadCredits read, CancellationToken cancellationToken) =>
        BodyFields.CanBeId(wallet) ? await read.FindAsync(caller, wallet, cancellationToken) : Problem.NotFound("wallet");

    private static async Task<IResult> ListAsync(HttpRequest request, Caller caller, ReadCredits read, ServerOptions options, CancellationToken cancellationToken) =>
        new PageResult<WalletsPage>(Title)
            .With("Wallets", await read.ListAsync(caller, AfterOf(request), PageSize, cancellationToken))
            .With("IsFirst", AfterOf(request) is null)
            .With("CentsPerCredit", options.RunPrices.CentsPerCredit)
            .With("At", options.Time.GetUtcNow());

    private static async Task<IResult> ViewAsync(
        string wallet, HttpRequest request, Caller caller, ReadCredits read, SpendCalendar calendar, ServerOptions options, CancellationToken cancellationToken)
    {
        var filter = StatementFilter.Of(request, calendar.Today);
        var query = filter.ToQuery(calendar.Zone) with { Limit = PageSize };
        var view = BodyFields.CanBeId(wallet) ? await read.ViewAsync(caller, wallet, query, cancellationToken) : Problem.NotFound("wallet");
        return view.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<WalletPage>(view.Value.Wallet.Name)
                .With("View", view.Value)
                .With("Filter", filter)
                .With("MayMove", CreditForms.MayMove(caller))
                .With("CentsPerCredit", options.RunPrices.CentsPerCredit);
    }

    private static async Task<IResult> GrantsAsync(
        string wallet, HttpRequest request, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindAsync(wallet, caller, read, cancellationToken);
        var asked = OneOf(request);
        var one = found.Problem is null && asked is not null ? await read.FindGrantAsync(caller, wallet, asked, cancellationToken) : (Result<GrantBalance>?)null;
        return (found.Problem ?? one?.Problem) is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<GrantsPage>($"Grants of {found.Value.Name}")
                .With("Wallet", found.Value)
                .With("One", asked)
                .With("Grants", one is { } grant ? new([grant.Value], null) : await read.GrantsAsync(caller, wallet, AfterOf(request), PageSize, cancellationToken))
                .With("MayMove", CreditForms.MayMove(caller))
                .With("At", time.GetUtcNow());
    }

    private static async Task<IResult> HoldsAsync(
        string wallet, HttpRequest request, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindAsync(wallet, caller, read, cancellationToken);
        var asked = OneOf(request);
        var one = found.Problem is null && asked is not null ? await read.FindHoldAsync(caller, wallet, asked, cancellationToken) : (Result<Hold>?)null;
        return (found.Problem ?? one?.Problem) is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<HoldsPage>($"Holds of {found.Value.Name}")
                .With("Wallet", found.Value)
                .With("One", asked)
                .With("Holds", one is { } hold ? new([hold.Value], null) : await read.HoldsAsync(caller, wallet, AfterOf(request), PageSize, cancellationToken))
                .With("Lines", asked is null ? [] : await read.LinesOfHoldAsync(caller, wallet, asked, cancellationToken))
                .With("At", time.GetUtcNow());
    }

    private static async Task<IResult> ExportCsvAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, SpendCalendar calendar, CancellationToken cancellationToken) =>
        await ExportAsync(wallet, context, caller, read, calendar, "csv", static (view, _) => TypedResults.Text(StatementFiles.WriteCsv(view), "text/csv; charset=utf-8"), cancellationToken);

    private static async Task<IResult> ExportJsonAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, SpendCalendar calendar, CancellationToken cancellationToken) =>
        await ExportAsync(wallet, context, caller, read, calendar, "json", static (view, filter) => TypedResults.Bytes(StatementFiles.WriteJson(view, filter), "application/json"), cancellationToken);

    /// <summary>The statement of an address as a file: the lines of all its pages.</summary>
    private static async Task<IResult> ExportAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, SpendCalendar calendar, string kind, Func<WalletView, StatementFilter, IResult> write, CancellationToken cancellationToken)
    {
        var filter = StatementFilter.Of(context.Request, calendar.Today) with { After = null };
        var query = filter.ToQuery(calendar.Zone) with { Limit = StatementFiles.LinesMax };
        var view = BodyFields.CanBeId(wallet) ? await read.ViewAsync(caller, wallet, query, cancellationToken) : Problem.NotFound("wallet");
        if (view.Problem is { } problem)
        {
            return PageAnswers.Refuse(problem);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"farthing-statement.{kind}\"";
        return write(view.Value, filter);
    }

    private static async Task<IResult> RunAsync(
        string run, HttpRequest request, Caller caller, StateRun state, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var statement = BodyFields.CanBeId(run) ? await state.FindAsync(VisibleWallets.Of(caller), run, cancellationToken) : Problem.NotFound("run");
        if (statement.Problem is { } problem)
        {
            return PageAnswers.Refuse(problem);
        }

        var wallet = await FindAsync(statement.Value.Run.Wallet, caller, read, cancellationToken);
        return new PageResult<RunPage>($"Run {run}")
            .With("Statement", statement.Value)
            .With("Wallet", wallet.Succeeded ? wallet.Value : null)
            .With("After", AfterOf(request))
            .With("At", time.GetUtcNow());
    }

    private static string? OneOf(HttpRequest request) => request.Query["id"] is [{ } id] && BodyFields.CanBeId(id) ? id : null;

    private static string? AfterOf(HttpRequest request) => request.Query["after"] is [{ } after] && BodyFields.CanBeId(after) ? after : null;
}
