using System.Globalization;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Testing.Ledger;

/// <summary>What a step does; each is the request of a similar name.</summary>
#pragma warning disable CS1591 // They say what they are.
public enum LedgerVerb
{
    Open,
    Limit,
    Give,
    Void,
    Refund,
    Adjust,
    Reserve,
    Forward,
    Capture,
    Release,
    SweepHold,
    SweepGrant,
    Reverse,
    Start,
    Report,
    Complete,

    Tick,
}
#pragma warning restore CS1591

/// <summary>
/// One command of an invented world, told in small numbers so that it can be drawn, repeated and shrunk. Names come from
/// small pools on purpose: the same ids meet again with the same wish and with another one.
/// </summary>
/// <param name="Verb">What is done.</param>
/// <param name="World">Sets worlds apart that share a database.</param>
/// <param name="OrgNumber">In which organisation.</param>
/// <param name="WalletNumber">With which wallet.</param>
/// <param name="Subject">Which grant, hold, plan or id is meant.</param>
/// <param name="Size">How much.</param>
/// <param name="Choice">Everything else.</param>
#pragma warning disable CS1591 // Names are what they say.
public sealed record LedgerStep(LedgerVerb Verb, string World, int OrgNumber, int WalletNumber, int Subject, int Size, int Choice)
{
    /// <summary>How long holds live in these worlds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A dollar of fee, three dollars a credit so that everything needs rounding, one credit to start.</summary>
    public static readonly RunPrices Prices = new(Usd.FromDecimal(1m), 300, new(Credits.NanocreditsPerCredit));

    private static readonly int[] Moves = [1, 300, 660, 86_400, -300, 1_860];

    private static readonly decimal[] Amounts = [1m, 0.5m, 3m, 10m, 0.000000001m, 7.000000001m, 1.31m, 2m, 0m, -1m];

    public string Org => $"{World}o{OrgNumber}";

    public string Wallet => $"w{WalletNumber}";

    public string Grant => $"g{Subject}";

    public string Hold => $"h{Subject}";

    public string Plan => $"p{Subject % 3}";

    public string Run => $"r{Subject % 3}.{Choice % 3}";

    public string Id => $"x{(Subject < 6 ? Subject % 4 : Subject)}";

    public decimal Amount => Amounts[Size % Amounts.Length];

    /// <summary>Every third refund and reversal means all that is left.</summary>
    public decimal? PartOrAll => Choice % 3 == 0 ? null : Amount;

    public GrantCategory Category => (GrantCategory)(Choice % 5);

    public int Priority => Choice % 2 == 0 ? Domain.Ledger.Grant.PriorityDefault : 10;

    /// <summary>After how long a grant expires; null for never.</summary>
    public TimeSpan? GoodFor => (Choice % 4) switch { 0 => TimeSpan.FromMinutes(30), 1 => TimeSpan.FromDays(2), _ => null };

    /// <summary>After how long a grant begins; null for at once.</summary>
    public TimeSpan? Begins => Choice % 6 == 5 ? TimeSpan.FromMinutes(11) : null;

    /// <summary>The model that a grant is restricted to, or that a hold is for; empty for any.</summary>
    public string Model => Choice % 5 == 4 ? "m" : string.Empty;

    /// <summary>The provider of <see cref="Model"/>, to whom what it costs is owed.</summary>
    public string Provider => Model.Length > 0 ? "p" : string.Empty;

    public bool AllowOverrun => Choice % 2 == 1;

    public OverdraftPolicy Overdraft => Choice % 3 == 2 ? OverdraftPolicy.Deny : OverdraftPolicy.AllowToLimit;

    public decimal? OverdraftLimit => Choice % 3 == 1 ? 2m : null;

    public WalletState State => Choice % 7 == 6 ? WalletState.Frozen : WalletState.Active;

    /// <summary>Every fourth attempt belongs to a user without a wallet.</summary>
    public string Payer => Subject % 4 == 3 ? string.Empty : Wallet;

    public AttemptMode Mode => Size % 2 == 1 ? AttemptMode.Cumulative : AttemptMode.Own;

    public bool IsFree => Size % 5 == 4;

    public RunState Outcome => (RunState)((Size % 3) + 1);

    public string Speed => Choice % 4 == 3 ? "PING_llm" : string.Empty;

    /// <summary>The run that a capture is for; empty for most.</summary>
    public string PaidRun => Choice % 4 == 2 ? Run : string.Empty;

    /// <summary>Every third report spends a hold.</summary>
    public IReadOnlyList<string> Spent => Size % 3 == 1 ? [Hold] : [];

    /// <summary>Whether a run is made free at its end.</summary>
    public bool IsSkipped => Choice % 7 == 5;

    /// <summary>A total that a run reports, in dollars.</summary>
    public decimal Total => Size * 0.07m;

    /// <summary>What of the total a report says was for the model <c>m</c>; null when it tells nothing.</summary>
    public decimal? ModelTotal => Choice % 3 == 1 && Size > 0 ? Size * 0.03m : null;

    private IReadOnlyList<RunPart> Parts => ModelTotal is { } cost ? [new(new("p", "m", string.Empty), IsAtOurCost: true, Usd.FromDecimal(cost))] : [];

    /// <summary>How far the clock moves in a tick; back when negative.</summary>
    public TimeSpan Move => TimeSpan.FromSeconds(Moves[Size % Moves.Length]);

    /// <summary>The natural key of the charge that a reversal undoes.</summary>
    public string ChargeKey => Choice % 2 == 0 ? $"hold/{Hold}" : $"usage_billing/{Plan}/{(Size % 2) + 1}";

    /// <summary>The request that does it.</summary>
    /// <param name="now">The clock, for grants that expire.</param>
    public LedgerRequest ToRequest(DateTimeOffset now) => Verb switch
    {
        LedgerVerb.Open => new OpenWallet { Org = Org, Wallet = new() { Org = Org, Id = Wallet, Owner = new("user", Wallet), Overdraft = Overdraft, OverdraftLimit = Of(OverdraftLimit), CreatedAt = now } },
        LedgerVerb.Limit => new ChangeWallet { Org = Org, Wallet = Wallet, Change = wallet => wallet with { Overdraft = Overdraft, OverdraftLimit = Of(OverdraftLimit), State = State } },
        LedgerVerb.Give => new GiveCredit { Org = Org, Grant = GrantAt(now), FromNow = Begins is null },
        LedgerVerb.Void => new VoidGrant { Org = Org, Grant = Grant },
        LedgerVerb.Refund => new RefundGrant { Org = Org, Grant = Grant, Id = Id, Amount = Of(PartOrAll) },
        LedgerVerb.Adjust => new AdjustWallet { Org = Org, Wallet = Wallet, Id = Id, Amount = Of(Choice % 2 == 0 ? Amount : -Amount), Reason = "test" },
        LedgerVerb.Reserve => new ReserveCredit { Org = Org, Wallet = Wallet, Id = Hold, Amount = Of(Amount), Use = new(Provider, Model, string.Empty), Lifetime = Lifetime },
        LedgerVerb.Forward => new ForwardHold { Org = Org, Hold = Hold },
        LedgerVerb.Capture => new CaptureHold { Org = Org, Hold = Hold, Parts = ChargeParts.Of(Of(Amount)), AllowOverrun = AllowOverrun, Run = PaidRun },
        LedgerVerb.Release => new ReleaseHold { Org = Org, Hold = Hold },
        LedgerVerb.SweepHold => new ExpireHold { Org = Org, Hold = Hold },
        LedgerVerb.SweepGrant => new ExpireGrant { Org = Org, Grant = Grant },
        LedgerVerb.Reverse => new ReverseTransaction { Org = Org, Id = Id, Transaction = Transaction.IdOf(Org, ChargeKey), Amount = Of(PartOrAll), Reason = "test" },
        LedgerVerb.Start => new StartRun { Org = Org, Id = Run, Plan = Plan, Wallet = Payer, Mode = Mode, TakeFreeRun = IsFree, Prices = Prices },
        LedgerVerb.Report => new ReportRun { Org = Org, Run = Run, Total = Usd.FromDecimal(Total), Parts = Parts, Prices = Prices, Holds = Spent },
        LedgerVerb.Complete => new CompleteRun { Org = Org, Run = Run, Outcome = Outcome, Total = Usd.FromDecimal(Total), Parts = Parts, SpeedVsDetail = Speed, Prices = Prices, Holds = Spent, SkipCharge = IsSkipped },
        _ => throw new InvalidOperationException($"No request does {Verb}."),
    };

    /// <summary>An answer in one line: what it shows, or the code of the problem.</summary>
    public static string Tell(LedgerRequest request) => request switch
    {
        LedgerRequest<WalletBalance> { Result: var result } => Tell(result, wallet => $"{wallet.Balance} {wallet.Held} {wallet.Available} {wallet.Owed} {wallet.Uncollected}"),
        LedgerRequest<GrantBalance> { Result: var result } => Tell(result, grant => $"{grant.Counters.Posted} {grant.Counters.Held}"),
        LedgerRequest<Hold> { Result: var result } => Tell(result, hold => $"{hold.State} {hold.Captured}"),
        LedgerRequest<Run> { Result: var result } => Tell(result, run => $"{run.State} {run.Charged} {run.Uncollected}"),
        LedgerRequest<PostedTransaction> { Result: var result } => Tell(result, posted => $"{posted.Transaction.Delta}"),
        _ => throw new InvalidOperationException($"Nobody tells what {request} answers."),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Verb}(o{OrgNumber} w{WalletNumber} #{Subject} size {Size} [{Amount}] choice {Choice})");

    private Grant GrantAt(DateTimeOffset now) => new()
    {
        Org = Org,
        Id = Grant,
        Wallet = Wallet,
        Category = Category,
        Amount = Of(Amount),
        Priority = Priority,
        EffectiveAt = now + (Begins ?? TimeSpan.Zero),
        ExpiresAt = now + GoodFor,
        Applicability = Model.Length > 0 ? new([], [Model], []) : Applicability.Everything,
        CreatedAt = now,
    };

    private static Credits Of(decimal amount) => new((long)(amount * Credits.NanocreditsPerCredit));

    private static Credits? Of(decimal? amount) => amount is { } some ? Of(some) : null;

    private static string Tell<T>(Result<T> result, Func<T, FormattableString> show) => result.Problem?.Code ?? FormattableString.Invariant(show(result.Value));
}
