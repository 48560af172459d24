using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Pages.Tests;

/// <summary>Wallets with grants, holds and a run that was charged. Every text that somebody can choose tries to run.</summary>
internal static class Purse
{
    /// <summary>The wallet of the organisation.</summary>
    public const string OfAll = "house";

    /// <summary>The wallet of the engineer who looks.</summary>
    public const string Own = "ada-w";

    /// <summary>The wallet of an engineer of another team.</summary>
    public const string Foreign = "grace-w";

    /// <summary>A run that the wallet of the organisation paid for.</summary>
    public const string Run = "run-1";

    private const string Org = Dimensions.LocalOrg;

    /// <summary>Fills them.</summary>
    /// <param name="services">The server's workflows.</param>
    /// <param name="script">The text that tries to run.</param>
    /// <param name="engineer">The engineer who looks.</param>
    /// <param name="other">The engineer of another team.</param>
    public static async Task SeedAsync(IServiceProvider services, string script, string engineer, string other)
    {
        var ledger = services.GetRequiredService<CreditLedger>();
        await OpenAsync(ledger, OfAll, new("org", string.Empty), "House");
        await OpenAsync(ledger, Own, new("engineer", engineer), script);
        await OpenAsync(ledger, Foreign, new("engineer", other), "Grace");
        await GiveAsync(ledger, script, "g-paid", OfAll, GrantCategory.Paid, 50, null);
        await GiveAsync(ledger, script, "g-trial", OfAll, GrantCategory.Trial, 10, 9);
        await GiveAsync(ledger, script, "g-promo", OfAll, GrantCategory.Promo, 5, 40);
        await GiveAsync(ledger, script, "g-own", Own, GrantCategory.PlanIncluded, 20, 30);
        await DoAsync(ledger, new ReserveCredit { Org = Org, Id = "h-1", Wallet = OfAll, Amount = Of(3), Use = new("anthropic", "claude-opus-4-8", script) });
        await DoAsync(ledger, new ReserveCredit { Org = Org, Id = "h-2", Wallet = OfAll, Amount = Of(1) });
        await DoAsync(ledger, new CaptureHold { Org = Org, Hold = "h-2", Parts = new(new(123_456_789), default, default), Reason = script });
        await DoAsync(ledger, new StartRun { Org = Org, Id = Run, Plan = "plan-1", Wallet = OfAll, User = script, Prices = RunPrices.Default });
        var cost = (await services.GetRequiredService<RunMeter>().SumAsync(Org, Run, TestContext.Current.CancellationToken)).Value;
        await DoAsync(ledger, new CompleteRun { Org = Org, Run = Run, Total = cost.Total, Parts = cost.Parts, Outcome = RunState.Succeeded, Prices = RunPrices.Default });
    }

    private static Task OpenAsync(CreditLedger ledger, string id, WalletOwner owner, string name) =>
        DoAsync(ledger, new OpenWallet { Org = Org, Wallet = new() { Org = Org, Id = id, Name = name, Owner = owner, CreatedAt = default } });

    private static Task GiveAsync(CreditLedger ledger, string memo, string id, string wallet, GrantCategory category, int credits, int? days)
    {
        var now = AfternoonTime.Instance.GetUtcNow();
        var grant = new Grant
        {
            Org = Org,
            Id = id,
            Wallet = wallet,
            Category = category,
            Amount = Of(credits),
            EffectiveAt = now,
            ExpiresAt = days is { } known ? now.AddDays(known) : null,
            CreatedAt = now,
        };
        return DoAsync(ledger, new GiveCredit { Org = Org, Grant = grant, FromNow = true, Memo = memo });
    }

    private static async Task DoAsync<T>(CreditLedger ledger, LedgerRequest<T> request) =>
        (await ledger.AskAsync(request, TestContext.Current.CancellationToken)).Problem.ShouldBeNull();

    private static Credits Of(int credits) => new(credits * Credits.NanocreditsPerCredit);
}
