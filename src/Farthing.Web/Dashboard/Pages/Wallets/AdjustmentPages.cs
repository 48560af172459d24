using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>
/// A balance corrected by people, in two steps: what is wanted, and a page that says what it does to the balance, which alone
/// books it. What is being confirmed stands in the address, so a reload sends nothing.
/// </summary>
internal static class AdjustmentPages
{
    private const string Confirm = "/confirm";

    /// <summary>Maps them.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="path">The route of the first step.</param>
    public static void Map(IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, OpenAsync).WithName("OpenAdjustment").OpenToBrowsers(RoleSets.MoneyMovers);
        routes.MapPost(path, CheckAsync).WithName("CheckAdjustment").OpenToBrowsers(RoleSets.MoneyMovers);
        routes.MapGet(path + Confirm, ConfirmAsync).WithName("OpenAdjustmentConfirmation").OpenToBrowsers(RoleSets.MoneyMovers);
        routes.MapPost(path + Confirm, BookAsync).WithName("SendAdjustment").OpenToBrowsers(RoleSets.MoneyMovers);
    }

    /// <summary>Where a balance is corrected.</summary>
    public static string PathOf(NamedWallet wallet) => $"{CreditsPages.PathOf(wallet.Wallet.Id)}/adjust";

    /// <summary>Where a correction is confirmed.</summary>
    public static string ConfirmationOf(NamedWallet wallet) => PathOf(wallet) + Confirm;

    private static async Task<IResult> OpenAsync(string wallet, HttpRequest request, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await CreditsPages.FindAsync(wallet, caller, read, cancellationToken);
        return found.Problem is { } problem
            ? PageAnswers.Refuse(problem)
            : Show(found.Value, request.Query.ContainsKey("id") ? CreditForm.Read(request.Query) : CreditForm.New(time));
    }

    private static Task<IResult> CheckAsync(string wallet, HttpContext context, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        fields => WithAsync(wallet, CreditForm.Read(fields), caller, read, time, (found, form, _) => Task.FromResult(Ask(found, form)), cancellationToken));

    private static Task<IResult> ConfirmAsync(string wallet, HttpRequest request, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken) => WithAsync(
        wallet,
        CreditForm.Read(request.Query),
        caller,
        read,
        time,
        (found, form, asked) => Task.FromResult<IResult>(new PageResult<ConfirmAdjustmentPage>($"Correct {found.Name}?").With("Wallet", found).With("Form", form).With("Amount", asked.Amount)),
        cancellationToken);

    private static Task<IResult> BookAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, CreditLedger ledger, TimeProvider time, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        fields => WithAsync(
            wallet,
            CreditForm.Read(fields),
            caller,
            read,
            time,
            async (found, form, asked) =>
            {
                if (!form.IsConfirmed(found.Balance.Balance + asked.Amount))
                {
                    return Ask(found, form);
                }

                var refusal = (await ledger.AskAsync(asked, cancellationToken)).Problem;
                return refusal is null ? PageAnswers.SeeOther(CreditsPages.PathOf(wallet), "balance-corrected") : Show(found, form with { Problem = refusal });
            },
            cancellationToken));

    /// <summary>Goes on with a correction that makes sense, of a wallet that is there; says otherwise what is wrong.</summary>
    private static async Task<IResult> WithAsync(
        string wallet,
        CreditForm form,
        Caller caller,
        ReadCredits read,
        TimeProvider time,
        Func<NamedWallet, CreditForm, AdjustWallet, Task<IResult>> answer,
        CancellationToken cancellationToken)
    {
        var found = await CreditsPages.FindAsync(wallet, caller, read, cancellationToken);
        if (found.Problem is { } problem)
        {
            return PageAnswers.Refuse(problem);
        }

        var asked = form.ToAdjustment(caller, wallet, time);
        return asked.Problem is { } wrong ? Show(found.Value, form with { Problem = wrong }) : await answer(found.Value, form, asked.Value);
    }

    private static IResult Ask(NamedWallet wallet, CreditForm form) => PageAnswers.SeeOther(ConfirmationOf(wallet) + form.Query);

    private static PageResult<AdjustWalletPage> Show(NamedWallet wallet, CreditForm form) =>
        new PageResult<AdjustWalletPage>($"Correct {wallet.Name}", form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            .With("Wallet", wallet)
            .With("Form", form);
}
