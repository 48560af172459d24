using Farthing.Web.Access;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Api.Ledger;

/// <summary>The doors of the ledger: everybody sees what their scope holds, few move money.</summary>
internal static class LedgerEndpoints
{
    private static readonly Role[] Meters = [Role.Admin, Role.Service];

    /// <summary>Adds what they need besides the stores.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<CreditLedger>()
        .AddSingleton<SweepLedger>()
        .AddSingleton<ForgetAnswers>()
        .AddSingleton(static services => services.GetRequiredService<ServerOptions>().CloseGrace)
        .AddSingleton<CloseMonth>()
        .AddSingleton<ReadCredits>()
        .AddHostedService<LedgerSweeper>()
        .AddSingleton<Idempotency>()
        .AddScoped<LedgerDoor>()
        .AddScoped<LedgerPages>();

    /// <summary>Maps them.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        MapWallets(routes.MapGroup("/wallets").WithTags("Wallets"));
        MapGrants(routes.MapGroup("/grants").WithTags("Grants"));
        MapHolds(routes.MapGroup("/holds").WithTags("Holds"));

        var transactions = routes.MapGroup("/transactions").WithTags("Transactions");
        transactions.MapGet("/", ReadTransactions.ListAsync).WithName("ListTransactions").AllowEveryRole();
        transactions.MapGet("/{id}", ReadTransactions.FindAsync).WithName("GetTransaction").AllowEveryRole();
        transactions.MapPost("/{id}/reverse", ReverseTransactions.HandleAsync).WithName("ReverseTransaction").Creates<TransactionAnswer>().Allow(RoleSets.MoneyMovers);

        var periods = routes.MapGroup("/periods").WithTags("Periods");
        periods.MapGet("/", ReadPeriods.ListAsync).WithName("ListPeriods").Allow(RoleSets.MoneyMovers);
        periods.MapGet("/{month}", ReadPeriods.FindAsync).WithName("GetPeriod").Allow(RoleSets.MoneyMovers);
        periods.MapPost("/{month}/close", ClosePeriods.CloseAsync).WithName("ClosePeriod").Creates<PeriodCloseAnswer>().Allow(RoleSets.MoneyMovers);
        periods.MapPost("/{month}/reopen", ClosePeriods.ReopenAsync).WithName("ReopenPeriod").Changes<PeriodAnswer>().Allow(RoleSets.MoneyMovers);
    }

    private static void MapWallets(RouteGroupBuilder wallets)
    {
        wallets.MapPost("/", OpenWallets.HandleAsync).WithName("OpenWallet").Creates<WalletAnswer>().Allow(RoleSets.MoneyMovers);
        wallets.MapGet("/", ReadWallets.ListAsync).WithName("ListWallets").AllowEveryRole();
        wallets.MapGet("/{id}", ReadWallets.FindAsync).WithName("GetWallet").AllowEveryRole();
        wallets.MapPatch("/{id}", ChangeWallets.HandleAsync).WithName("ChangeWallet").Changes<WalletAnswer>().Allow(RoleSets.MoneyMovers);
        wallets.MapGet("/{id}/balance", ReadWallets.BalanceAsync).WithName("GetBalance").AllowEveryRole();
        wallets.MapGet("/{id}/transactions", ReadTransactions.ListOfWalletAsync).WithName("ListWalletTransactions").AllowEveryRole();
        wallets.MapPost("/{id}/adjustments", AdjustWallets.HandleAsync).WithName("AdjustWallet").Creates<WalletAnswer>().Allow(RoleSets.MoneyMovers);
        wallets.MapPost("/{id}/grants", GiveGrants.HandleAsync).WithName("GiveGrant").Creates<GrantAnswer>().Allow(RoleSets.MoneyMovers);
        wallets.MapGet("/{id}/grants", ReadGrants.ListAsync).WithName("ListGrants").AllowEveryRole();
        wallets.MapPost("/{id}/holds", MakeHolds.HandleAsync).WithName("MakeHold").Creates<HoldAnswer>().Allow(Meters);
        wallets.MapGet("/{id}/holds", ReadHolds.ListAsync).WithName("ListHolds").AllowEveryRole();
    }

    private static void MapGrants(RouteGroupBuilder grants)
    {
        grants.MapGet("/{id}", ReadGrants.FindAsync).WithName("GetGrant").AllowEveryRole();
        grants.MapPost("/{id}/void", VoidGrants.HandleAsync).WithName("VoidGrant").Changes<GrantAnswer>().Allow(RoleSets.MoneyMovers);
        grants.MapPost("/{id}/refund", RefundGrants.HandleAsync).WithName("RefundGrant").Changes<GrantAnswer>().Allow(RoleSets.MoneyMovers);
    }

    private static void MapHolds(RouteGroupBuilder holds)
    {
        holds.MapGet("/{id}", ReadHolds.FindAsync).WithName("GetHold").AllowEveryRole();
        holds.MapPost("/{id}/forward", MoveHolds.ForwardAsync).WithName("ForwardHold").Changes<HoldAnswer>().Allow(Meters);
        holds.MapPost("/{id}/capture", CaptureHolds.HandleAsync).WithName("CaptureHold").Changes<HoldAnswer>().Allow(Meters);
        holds.MapPost("/{id}/release", MoveHolds.ReleaseAsync).WithName("ReleaseHold").Changes<HoldAnswer>().Allow(Meters);
    }
}
