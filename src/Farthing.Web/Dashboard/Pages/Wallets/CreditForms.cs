using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Forecasting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>Credits given and taken back by people, by the same requests to the ledger as those of the API; corrections are <see cref="AdjustmentPages"/>.</summary>
internal static class CreditForms
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Wallet = CreditsPages.Path + "/{wallet}";
        routes.MapGet(Wallet + "/grants/new", OpenAsync).WithName("OpenNewGrant").OpenToBrowsers(RoleSets.MoneyMovers);
        routes.MapPost(Wallet + "/grants/new", GiveAsync).WithName("SendNewGrant").OpenToBrowsers(RoleSets.MoneyMovers);
        routes.MapPost(Wallet + "/grants/void", VoidAsync).WithName("SendVoidGrant").OpenToBrowsers(RoleSets.MoneyMovers);
        AdjustmentPages.Map(routes, Wallet + "/adjust");
    }

    /// <summary>Whether somebody is shown the way to these forms.</summary>
    public static bool MayMove(Caller caller) => caller.Role == Role.Operator || RoleSets.MoneyMovers.Contains(caller.Role);

    private static async Task<IResult> OpenAsync(string wallet, Caller caller, ReadCredits read, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await CreditsPages.FindAsync(wallet, caller, read, cancellationToken);
        return found.Problem is { } problem ? PageAnswers.Refuse(problem) : Show(found.Value, CreditForm.New(time));
    }

    private static Task<IResult> GiveAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, CreditLedger ledger, SpendCalendar calendar, TimeProvider time, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var found = await CreditsPages.FindAsync(wallet, caller, read, cancellationToken);
            if (found.Problem is { } problem)
            {
                return PageAnswers.Refuse(problem);
            }

            var form = CreditForm.Read(fields);
            var request = form.ToGrant(caller, wallet, calendar.Zone, time);
            var refusal = request.Problem ?? (await ledger.AskAsync(request.Value, cancellationToken)).Problem;
            return refusal is null ? PageAnswers.SeeOther(CreditsPages.PathOf(wallet), "credit-given") : Show(found.Value, form with { Problem = refusal });
        });

    private static Task<IResult> VoidAsync(
        string wallet, HttpContext context, Caller caller, ReadCredits read, CreditLedger ledger, CancellationToken cancellationToken) => FormDoor.AnswerAsync(
        context,
        async fields =>
        {
            var grant = BodyFields.CanBeId(wallet) && BodyFields.CanBeId(fields["grant"])
                ? await read.FindGrantAsync(caller, wallet, fields["grant"], cancellationToken)
                : Problem.NotFound("grant");
            if (grant.Problem is { } problem)
            {
                return PageAnswers.Refuse(problem);
            }

            var request = new VoidGrant { Org = caller.Org, Actor = caller.Actor, RequestId = caller.RequestId, Grant = grant.Value.Grant.Id };
            var refusal = (await ledger.AskAsync(request, cancellationToken)).Problem;

            // Sent twice it is taken back once, which is what was wanted.
            return refusal is null or { Code: Refusals.GrantVoided } ? PageAnswers.SeeOther(CreditsPages.PathOf(wallet), "grant-taken-back") : PageAnswers.Refuse(refusal);
        });

    private static PageResult<GiveCreditPage> Show(NamedWallet wallet, CreditForm form) =>
        new PageResult<GiveCreditPage>($"Give credit to {wallet.Name}", form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            .With("Wallet", wallet)
            .With("Form", form);
}
