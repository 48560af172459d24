using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Tests.Crediting;

/// <summary>A ledger with one wallet in memory and few words to do things in it.</summary>
internal sealed class Desk
{
    public const string Org = "acme";

    public Desk() => Store = new(Time);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ManualTime Time { get; } = new();

    public MemoryLedger Store { get; }

    public RunPrices Prices { get; init; } = RunPrices.Default;

    public static Credits Amount(string text) => Credits.TryParse(text, out var credits) ? credits : throw new FormatException(text);

    public static Usd Dollars(string text) => Usd.TryParse(text, out var usd) ? usd : throw new FormatException(text);

    /// <summary>A desk whose wallet <c>w</c> holds something.</summary>
    public static async Task<Desk> WithAsync(string credits, RunPrices? prices = null)
    {
        var desk = new Desk { Prices = prices ?? RunPrices.Default };
        await desk.OpenAsync("w");
        if (Amount(credits) > Credits.Zero)
        {
            (await desk.GiveAsync("start", credits)).Problem.ShouldBeNull();
        }

        return desk;
    }

    public async Task<Result<T>> DoAsync<T>(LedgerRequest<T> request)
    {
        await Store.ApplyAsync([request], Cancellation);
        return request.Result;
    }

    public Task<Result<WalletBalance>> OpenAsync(string id, string org = Org, OverdraftPolicy overdraft = OverdraftPolicy.AllowToLimit) => DoAsync(new OpenWallet
    {
        Org = org,
        Wallet = new() { Org = org, Id = id, Owner = new("user", id), Overdraft = overdraft, CreatedAt = default },
    });

    public GiveCredit Giving(string id, string amount, string org = Org) => new()
    {
        Org = org,
        FromNow = true,
        Grant = new() { Org = org, Id = id, Wallet = "w", Category = GrantCategory.Paid, Amount = Amount(amount), EffectiveAt = default, CreatedAt = default },
    };

    public Task<Result<GrantBalance>> GiveAsync(string id, string amount) => DoAsync(Giving(id, amount));

    public ReserveCredit Reserving(string id, string amount) => new() { Org = Org, Id = id, Wallet = "w", Amount = Amount(amount) };

    public CaptureHold Capturing(string hold, string amount) => new() { Org = Org, Hold = hold, Parts = ChargeParts.Of(Amount(amount)) };

    public StartRun Starting(string id, string? plan = null, string wallet = "w") =>
        new() { Org = Org, Id = id, Plan = plan ?? id, Wallet = wallet, User = "u", Prices = Prices };

    public async Task<Run> StartAsync(string id, string? plan = null, AttemptMode mode = AttemptMode.Own, string wallet = "w", bool skip = false, bool free = false)
    {
        var start = new StartRun
        {
            Org = Org,
            Id = id,
            Plan = plan ?? id,
            Wallet = wallet,
            Mode = mode,
            SkipCharge = skip,
            TakeFreeRun = free,
            Prices = Prices,
        };
        return (await DoAsync(start)).Value;
    }

    public async Task<Run> ReportAsync(string run, string total) => (await DoAsync(new ReportRun { Org = Org, Run = run, Total = Dollars(total), Prices = Prices })).Value;

    public CompleteRun Completing(string run, RunState outcome, string total, string? speed = null) =>
        new() { Org = Org, Run = run, Outcome = outcome, Total = Dollars(total), SpeedVsDetail = speed, Prices = Prices };

    public async Task<Run> CompleteAsync(string run, RunState outcome, string total, string? speed = null) => (await DoAsync(Completing(run, outcome, total, speed))).Value;

    public async Task<string> BalanceAsync() =>
        (await Store.WalletsAsync(new() { Org = Org, Wallet = "w" }, Cancellation))[0].Balance.ToString();

    public async Task<IReadOnlyList<Transaction>> RowsAsync(string org = Org)
    {
        var links = await Store.ChainAsync(org, Cancellation).ToListAsync(Cancellation);
        return [.. links.Select(link => link.Transaction)];
    }

    /// <summary>The rows of runs, as PlanExe's credit history tells them.</summary>
    public async Task<IReadOnlyList<string>> ChargesAsync() =>
        [.. (await RowsAsync()).Where(row => row.Run.Length > 0).Select(row => $"{row.Source} {row.ExternalId} {row.Reason} {row.Delta}")];
}
