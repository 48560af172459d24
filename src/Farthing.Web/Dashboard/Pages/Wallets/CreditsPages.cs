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
        routes.MapGet(Path + "/{wallet}", ViewAsync).WithName("ReadWalletPage").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}/grants", GrantsAsync).WithName("ReadGrantsPage").OpenToBrowsers();
        routes.MapGet(Path + "/{wallet}/holds", HoldsAsync).WithName("ReadHoldsPage").OpenToBrowsers();
        routes.MapGet(Path + "/runs/{run}", RunAsync).WithName("ReadRunPage").OpenToBrowsers();
        CreditForms.Map(routes);
    }

    /// <summary>Where a wallet's page is.</summary>
    public static string PathOf(string wallet) => $"{Path}/{Uri.EscapeDataString(wallet)}";

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
        return found.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<GrantsPage>($"Grants of {found.Value.Name}")
                .With("Wallet", found.Value)
                .With("Grants", await read.GrantsAsync(caller, wallet, AfterOf(request), PageSize, cancellationToken))
                .With("MayMove", CreditForms.MayMove(caller))
                .With("At", time.GetUtcNow());
    }

    private static async Task<IResult> HoldsAsync(
        string wallet, HttpRequest request, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindAsync(wallet, caller, read, cancellationToken);
        return found.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : new PageResult<HoldsPage>($"Holds of {found.Value.Name}")
                .With("Wallet", found.Value)
                .With("Holds", await read.HoldsAsync(caller, wallet, AfterOf(request), PageSize, cancellationToken))
                .With("At", time.GetUtcNow());
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

    private static string? AfterOf(HttpRequest request) => request.Query["after"] is [{ } after] && BodyFields.CanBeId(after) ? after : null;
}
