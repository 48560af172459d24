using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Tests.Crediting;

/// <summary>An invented morning of a customer: trial and bought credit, charged calls, a run, a hold that is still open.</summary>
internal sealed class CreditScene
{
    public const string Session = "0d0c1f52-repl";

    private readonly ManualTime time = new(SampleSpend.Now.AddHours(-6));

    private CreditScene() => Ledger = new(time);

    public MemoryLedger Ledger { get; }

    /// <summary>Calls of two plans, one outside of any, one of yesterday.</summary>
    public static IReadOnlyList<(UsageEvent Usage, Rating Rating)> Calls { get; } =
    [
        Call(0, "claude-opus-4-8", "anthropic", new() { Input = 1_200, CacheRead = 52_000, Output = 830 }, "checkout flow", "planner"),
        Call(1, "gpt-4.1", "openai", new() { Input = 2_000, Output = 640 }, "checkout flow", "coder"),
        Call(2, "claude-opus-4-8", "anthropic", new() { Input = 90, CacheRead = 800, Output = 12 }, "tax rules of seventeen countries", "names", session: "other"),
        Call(3, "claude-opus-4-8", "anthropic", new() { Input = 3, Output = 1 }, string.Empty, string.Empty, session: "other"),
        Call(-1_000, "gpt-4.1", "openai", new() { Input = 40_000, Output = 2_000 }, "checkout flow", "summarizer", session: "yesterday"),
    ];

    /// <summary>A ledger in which all of it was booked.</summary>
    public static async Task<CreditScene> CreateAsync()
    {
        var scene = new CreditScene();
        await scene.DoAsync(new OpenWallet { Org = "local", Wallet = new() { Org = "local", Id = "acme", Owner = new("org", string.Empty), CreatedAt = default } });
        await scene.GiveAsync("trial-1", GrantCategory.Trial, "5", "trial", expires: SampleSpend.Now.AddDays(14));
        await scene.GiveAsync("order-77", GrantCategory.Paid, "20", "purchase");
        await scene.GiveAsync("thanks", GrantCategory.Promo, "1.25", "admin_grant");
        await scene.ChargeCallAsync(0, "0.0528", "0.0031");
        await scene.ChargeCallAsync(1, "0.00912", "0");
        await scene.RunAsync();
        await scene.DoAsync(new AdjustWallet { Org = "local", Id = "adj-1", Wallet = "acme", Amount = Credits("-0.5"), Reason = "double booking of 3 March", Actor = "operator" });
        await scene.DoAsync(new ReserveCredit { Org = "local", Id = "hold-open", Wallet = "acme", Amount = Credits("0.75") });
        return scene;
    }

    public Task OpenAsync(string wallet, OverdraftPolicy overdraft = OverdraftPolicy.AllowToLimit) =>
        DoAsync(new OpenWallet { Org = "local", Wallet = new() { Org = "local", Id = wallet, Owner = new("user", wallet), Overdraft = overdraft, CreatedAt = default } });

    public static Credits Credits(string text) =>
        Domain.Money.Credits.TryParse(text, out var amount) ? amount : throw new ArgumentException(text, nameof(text));

    public async Task DoAsync(LedgerRequest request)
    {
        time.Move(TimeSpan.FromMilliseconds(61_001));
        await Ledger.ApplyAsync([request], TestContext.Current.CancellationToken);
    }

    public Task GiveAsync(string id, GrantCategory category, string amount, string reason, DateTimeOffset? expires = null, string wallet = "acme") =>
        DoAsync(new GiveCredit
        {
            Org = "local",
            Grant = new()
            {
                Org = "local",
                Id = id,
                Wallet = wallet,
                Category = category,
                Amount = Credits(amount),
                EffectiveAt = default,
                ExpiresAt = expires,
                CreatedAt = default,
            },
            FromNow = true,
            Reason = reason,
        });

    private async Task ChargeCallAsync(int call, string atCost, string surcharge)
    {
        var (hold, parts) = ($"hold-{call}", new ChargeParts(Credits(atCost), Credits(surcharge), default));
        await DoAsync(new ReserveCredit { Org = "local", Id = hold, Wallet = "acme", Amount = Credits("1") });
        await DoAsync(new CaptureHold { Org = "local", Hold = hold, Parts = parts, Event = Calls[call].Usage.Id.ToString() });
    }

    private async Task RunAsync()
    {
        await DoAsync(new StartRun { Org = "local", Id = "run-9", Plan = "tax rules of seventeen countries", Wallet = "acme", Prices = RunPrices.Default });
        await DoAsync(new CompleteRun
        {
            Org = "local", Run = "run-9", Total = new(1_234_567_000_000L), Prices = RunPrices.Default, Outcome = RunState.Succeeded,
        });
    }

    private static (UsageEvent Usage, Rating Rating) Call(
        int minute, string model, string provider, TokenCounts tokens, string plan, string role, string session = Session)
    {
        var card = new RateCard
        {
            Model = $"{provider}/{model}",
            Status = PricingStatus.Exact,
            [TokenClass.Input] = new(provider == "openai" ? 2_000_000_000 : 5_000_000_000),
            [TokenClass.CacheRead] = new(500_000_000),
            [TokenClass.Output] = new(provider == "openai" ? 8_000_000_000 : 25_000_000_000),
        };
        var at = SampleSpend.Now.AddHours(-6).AddMinutes(minute);
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, Dimensions.LocalOrg, "plandex", $"call-{minute}"),
            OccurredAt = at,
            Dimensions = new() { Agent = "plandex", Model = model, Provider = provider, Plan = plan, Role = role, Branch = minute == 0 ? "main" : string.Empty },
            Session = new(session, "2.2.1", string.Empty),
            Tokens = tokens,
        };
        return (usage, new(card, PricedSample.Cost(card, tokens, 0)));
    }
}
