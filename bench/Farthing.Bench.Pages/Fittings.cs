using Farthing.Bench.FinOps;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Budgeting;
using Farthing.Workflows.Crediting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Bench.Pages;

/// <summary>What pages show besides calls and people: 41 budgets, a wallet with a grant, a run.</summary>
internal static class Fittings
{
    public const string Wallet = "house";
    public const string Run = "run-1";

    /// <summary>The id of a correction that nobody confirms.</summary>
    public const string Correction = "11111111-1111-7111-8111-111111111111";

    private static readonly Caller Operator = new() { Org = Dimensions.LocalOrg, Role = Role.Operator };

    /// <summary>Adds those of them that a server's store does not have.</summary>
    public static async Task AddAsync(IServiceProvider services)
    {
        if ((await services.GetRequiredService<IBudgets>().ListAsync(new(Dimensions.LocalOrg, ScopeReach.Org, string.Empty), new(1, string.Empty), CancellationToken.None)).Count == 0)
        {
            await AddBudgetsAsync(services.GetRequiredService<ManageBudgets>());
        }

        await AddCreditsAsync(services.GetRequiredService<CreditLedger>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    private static async Task AddBudgetsAsync(ManageBudgets budgets)
    {
        await budgets.CreateAsync(Operator, new() { Name = "All", Amount = Usd.FromDecimal(2_000_000) }, CancellationToken.None);
        for (var number = 0; number < Company.Teams; number++)
        {
            await budgets.CreateAsync(Operator, new() { Name = $"Team {number}", Amount = Usd.FromDecimal(50_000), TeamId = Company.TeamOf(number) }, CancellationToken.None);
        }
    }

    /// <summary>Each has an id, so what is there already stays as it is.</summary>
    private static async Task AddCreditsAsync(CreditLedger ledger, DateTimeOffset now)
    {
        await ledger.AskAsync(
            new OpenWallet { Org = Dimensions.LocalOrg, Wallet = new() { Org = Dimensions.LocalOrg, Id = Wallet, Name = "House", Owner = new("org", string.Empty), CreatedAt = now } }, CancellationToken.None);
        var grant = new Grant
        {
            Org = Dimensions.LocalOrg, Id = "g-1", Wallet = Wallet, Category = GrantCategory.Paid, Amount = new(1_000 * Credits.NanocreditsPerCredit), EffectiveAt = now, CreatedAt = now,
        };
        await ledger.AskAsync(new GiveCredit { Org = Dimensions.LocalOrg, Grant = grant, FromNow = true, Memo = string.Empty }, CancellationToken.None);
        await ledger.AskAsync(
            new StartRun { Org = Dimensions.LocalOrg, Id = Run, Plan = "plan-1", Wallet = Wallet, User = Company.UserOf(0), Prices = RunPrices.Default }, CancellationToken.None);
    }
}
