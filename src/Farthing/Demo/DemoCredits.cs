using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Metering;

namespace Farthing.Demo;

/// <summary>
/// Fills the ledger of the demo: wallets with grants, holds and runs, posted by the same requests as those of the API, each
/// at its time in the last weeks. The same day always gives the same ledger.
/// </summary>
internal sealed class DemoCredits
{
    private const string Org = Dimensions.LocalOrg;
    private const string Actor = "demo";
    private const string Team = "demo-team";
    private const string User = "demo-user";
    private static readonly DemoPerson Holder = DemoPerson.All[3];
    private const int Runs = 18;
    private const int CallsPerRun = 12;
    private const int Spenders = 5;
    private static readonly string[] Models = ["claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5-20251001"];

    private readonly UsageStores stores;
    private readonly Rater rater;
    private readonly DemoClock clock;
    private readonly LedgerPorts ledger;
    private readonly CancellationToken cancellationToken;
    private Dice dice;

    private DemoCredits(UsageStores stores, Rater rater, DateTimeOffset now, CancellationToken cancellationToken)
    {
        this.stores = stores;
        this.rater = rater;
        this.cancellationToken = cancellationToken;
        clock = new() { Now = now.AddDays(-Runs * 2) };
        ledger = LedgerPorts.Of(stores, clock);
        dice = new((ulong)now.Date.Ticks);
    }

    /// <summary>Fills it.</summary>
    /// <param name="stores">The store of the demo.</param>
    /// <param name="rater">Prices the calls of the runs.</param>
    /// <param name="now">The last thing happens just before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many calls its runs made.</returns>
    public static Task<int> WriteAsync(UsageStores stores, Rater rater, DateTimeOffset now, CancellationToken cancellationToken) =>
        new DemoCredits(stores, rater, now, cancellationToken).WriteAsync();

    private async Task<int> WriteAsync()
    {
        var calls = 0;
        var last = clock.Now.AddDays(Runs * 2);
        await OpenAsync(Team, new(VisibleWallets.OrgKind, string.Empty), "Demo team");
        await OpenAsync(User, new(VisibleWallets.EngineerKind, Holder.Id), Holder.Name);
        await GiveAsync("demo-plan", Team, GrantCategory.PlanIncluded, 40, days: 45, "Included in the demo plan");
        await GiveAsync("demo-topup", Team, GrantCategory.Paid, 60, days: null, "Bought by the demo team");
        await GiveAsync("demo-trial", User, GrantCategory.Trial, 5, days: 30, "Demo trial");
        for (var run = 1; run <= Runs; run++)
        {
            clock.Now = last.AddDays(2 * (run - Runs)).AddHours(-3);
            calls += await RunAsync($"demo-run-{run}", DemoPerson.All[run % Spenders], run % 5 == 0 ? RunState.Failed : RunState.Succeeded);
        }

        clock.Now = last.AddHours(-1);
        await GiveAsync("demo-promo", User, GrantCategory.Promo, 10, days: 14, "Demo promotion");
        await DoAsync(new AdjustWallet { Org = Org, Actor = Actor, Id = "demo-fix", Wallet = Team, Amount = Whole(2), Reason = "Made good for a demo run that failed" });
        await DoAsync(new ReserveCredit { Org = Org, Actor = Actor, Id = "demo-hold-1", Wallet = User, Amount = Whole(1) });
        await DoAsync(new CaptureHold { Org = Org, Actor = Actor, Hold = "demo-hold-1", Parts = new(new(412_000_000), default, default), Reason = "demo_call" });
        clock.Now = last.AddMinutes(-1);
        await DoAsync(new ReserveCredit { Org = Org, Actor = Actor, Id = "demo-hold-2", Wallet = Team, Amount = Whole(3), Use = new("anthropic", Models[0], "/demo/ledger") });
        await DoAsync(new ForwardHold { Org = Org, Actor = Actor, Hold = "demo-hold-2" });
        return calls;
    }

    private async Task<int> RunAsync(string run, DemoPerson person, RunState outcome)
    {
        await DoAsync(new StartRun { Org = Org, Actor = Actor, Id = run, Plan = $"demo-plan-{run}", Wallet = Team, User = person.Email, Prices = RunPrices.Default });
        var calls = Enumerable.Range(0, 3 + dice.Roll(CallsPerRun)).Select(call => Call(run, person, call)).ToList();
        await stores.Usage.AppendAsync(new([.. calls.Select(call => new RatedEvent(call, rater.Rate(call), string.Empty))], []), cancellationToken);
        clock.Now = clock.Now.AddMinutes(CallsPerRun + 3);
        var cost = (await new RunMeter(stores.Spending, ledger.Runs).SumAsync(Org, run, cancellationToken)).Value;
        await DoAsync(new CompleteRun { Org = Org, Actor = Actor, Run = run, Total = cost.Total, Parts = cost.Parts, Outcome = outcome, Prices = RunPrices.Default });
        return calls.Count;
    }

    private UsageEvent Call(string run, DemoPerson person, int call)
    {
        var at = clock.Now.AddMinutes(call + 1);
        var input = 2_000 + dice.Roll(30_000);
        return new()
        {
            Id = EventId.Create(at, Org, EventId.ReportedFamily, $"{run}-{call}"),
            OccurredAt = at,
            Dimensions = new()
            {
                Team = person.Team.Id,
                User = person.Id,
                Project = "/demo/planner",
                Plan = $"demo-plan-{run}",
                Agent = "planner",
                Provider = "anthropic",
                Model = Models[dice.Roll(Models.Length)],
            },
            Session = new(run, string.Empty, string.Empty),
            Tokens = new() { Input = input, CacheRead = input * dice.Roll(4), Output = 200 + dice.Roll(4_000) },
            Run = run,
            DurationMilliseconds = 900 + dice.Roll(20_000),
        };
    }

    private Task OpenAsync(string id, WalletOwner owner, string name) =>
        DoAsync(new OpenWallet { Org = Org, Actor = Actor, Wallet = new() { Org = Org, Id = id, Name = name, Owner = owner, CreatedAt = clock.Now } });

    private Task GiveAsync(string id, string wallet, GrantCategory category, int credits, int? days, string memo) => DoAsync(new GiveCredit
    {
        Org = Org,
        Actor = Actor,
        FromNow = true,
        Memo = memo,
        Grant = new()
        {
            Org = Org,
            Id = id,
            Wallet = wallet,
            Category = category,
            Amount = Whole(credits),
            CostBasis = category == GrantCategory.Paid ? Usd.FromDecimal(1) : Usd.Zero,
            EffectiveAt = clock.Now,
            ExpiresAt = days is { } known ? clock.Now.AddDays(known) : null,
            CreatedAt = clock.Now,
        },
    });

    private async Task DoAsync<T>(LedgerRequest<T> request)
    {
        await ledger.Store.ApplyAsync([request], cancellationToken);
        DemoPeople.Made(request.Result.Problem);
    }

    private static Credits Whole(int credits) => new(credits * Credits.NanocreditsPerCredit);

    /// <summary>Tells the time of what is being made up.</summary>
    private sealed class DemoClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
