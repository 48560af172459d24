using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>A fresh ledger of some kind, with short ways to ask it and a back door to its database.</summary>
public abstract class LedgerUnderTest : IAsyncDisposable
{
    public const string Org = "acme";

    public const string Main = "w1";

    private CreditLedger? ledger;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ManualTime Time { get; } = new();

    public abstract ILedgerStore Store { get; }

    public abstract ILedgerQueries Queries { get; }

    public abstract IRunQueries Runs { get; }

    public abstract ILedgerUpkeep Upkeep { get; }

    public IPeriodQueries Periods => (IPeriodQueries)Queries;

    public abstract IKeptAnswers Answers { get; }

    public abstract IAuditTrail Audit { get; }

    public virtual ISweepTurn Turn { get; } = new SoleTurn();

    public CreditLedger Ledger => ledger ??= new(Store);

    /// <summary>Whether there is a database behind it.</summary>
    public virtual bool HasDatabase => true;

    /// <summary>Runs statements in the database, past the ledger; throws what the database says.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>Every row of a table, one line each, in a fixed order.</summary>
    public abstract Task<string> DumpAsync(string table, string condition);

    /// <summary>How the database would answer a query: a line a step, in its own words.</summary>
    public abstract Task<string> PlanAsync(string sql);

    /// <summary>Another process on the same database.</summary>
    public abstract ILedgerStore Another();

    public async ValueTask DisposeAsync()
    {
        if (ledger is not null)
        {
            await ledger.DisposeAsync();
        }

        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask CloseAsync();

    public static Credits Of(long credits) => new(credits * Credits.NanocreditsPerCredit);

    public async Task<T> AskAsync<T>(LedgerRequest<T> request)
    {
        var result = await Ledger.AskAsync(request, Cancellation);
        return result.Succeeded ? result.Value : throw new InvalidOperationException($"{result.Problem!.Code}: {result.Problem.Detail}");
    }

    public async Task<string> RefusalAsync<T>(LedgerRequest<T> request)
    {
        var result = await Ledger.AskAsync(request, Cancellation);
        result.Succeeded.ShouldBeFalse();
        return result.Problem!.Code;
    }

    public Task<WalletBalance> OpenAsync(string org = Org, string id = Main, OverdraftPolicy overdraft = OverdraftPolicy.Deny, Credits? limit = null) =>
        AskAsync(new OpenWallet
        {
            Org = org,
            Wallet = new() { Org = org, Id = id, Owner = new("user", id), Overdraft = overdraft, OverdraftLimit = limit, CreatedAt = default },
        });

    public GiveCredit Give(string id, Credits amount, string org = Org, string wallet = Main, GrantCategory category = GrantCategory.Paid, TimeSpan? lifetime = null) => new()
    {
        Org = org,
        FromNow = true,
        Actor = "test",
        Grant = new()
        {
            Org = org,
            Id = id,
            Wallet = wallet,
            Category = category,
            Amount = amount,
            CostBasis = new(10_000_000_000L),
            EffectiveAt = Time.Now,
            ExpiresAt = lifetime is { } length ? Time.Now + length : null,
            CreatedAt = default,
        },
    };

    public static ReserveCredit Reserve(string id, Credits amount, string org = Org, string wallet = Main) =>
        new() { Org = org, Id = id, Wallet = wallet, Amount = amount };

    public static CaptureHold Capture(string hold, Credits amount, string org = Org, bool overrun = false) =>
        new() { Org = org, Hold = hold, Parts = ChargeParts.Of(amount), AllowOverrun = overrun };

    public static StartRun Start(string id, string org = Org, string wallet = Main, string? plan = null, bool takeFree = false) =>
        new() { Org = org, Id = id, Plan = plan ?? id, Wallet = wallet, Prices = RunPrices.Default, TakeFreeRun = takeFree };

    public static CompleteRun Complete(string id, long cents, RunState outcome = RunState.Succeeded, string org = Org) =>
        new() { Org = org, Run = id, Total = new(Usd.PicodollarsPerCent * cents), Prices = RunPrices.Default, Outcome = outcome };

    /// <summary>The only wallet of that id, as a query tells it.</summary>
    public async Task<WalletBalance> BalanceAsync(string org = Org, string wallet = Main) =>
        (await Queries.WalletsAsync(new() { Org = org, Wallet = wallet }, Cancellation)).Single();

    public async Task<IReadOnlyList<SealedTransaction>> ChainAsync(string org = Org) => await Upkeep.ChainAsync(org, Cancellation).ToListAsync(Cancellation);
}
