using System.Numerics;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;

namespace Farthing.Testing.Ledger;

/// <summary>Holds and runs of the naive ledger.</summary>
public sealed partial class NaiveLedger
{
    private const decimal UsdPerCredit = 3m;
    private const decimal FeeUsd = 1m;
    private readonly List<(string Org, NaiveRun Run)> runs = [];

    private string Reserve(LedgerStep step, DateTimeOffset now)
    {
        if (HoldOf(step) is var (owner, known))
        {
            return owner.Id == step.Wallet && known.Amount == step.Amount && known.Model == step.Model ? Show(known) : "id_taken";
        }

        if (WalletOf(step) is not { } wallet)
        {
            return "not_found";
        }

        if (step.Amount <= 0 || wallet.IsFrozen || wallet.Available(step.Model, now) < step.Amount)
        {
            return step.Amount <= 0 ? "invalid" : wallet.IsFrozen ? "wallet_frozen" : "insufficient_credits";
        }

        var left = step.Amount;
        var lines = new List<(NaiveGrant Grant, decimal Amount)>();
        foreach (var grant in wallet.Serving(step.Model, now))
        {
            var share = Math.Min(left, wallet.FreeOf(grant));
            lines.Add((grant, share));
            left -= share;
        }

        var hold = new NaiveHold(step.Hold, step.Amount, step.Model, now + LedgerStep.Lifetime, lines);
        wallet.Holds.Add(hold);
        return Show(hold);
    }

    private string Forward(LedgerStep step, DateTimeOffset now)
    {
        if (HoldOf(step) is not var (_, hold))
        {
            return "not_found";
        }

        if (hold.EndedAs(now) is { } ended)
        {
            return ended;
        }

        hold.State = hold.State == HoldState.Open ? HoldState.Forwarded : hold.State;
        return Show(hold);
    }

    private string Capture(LedgerStep step, DateTimeOffset now)
    {
        if (HoldOf(step) is not var (wallet, hold))
        {
            return "not_found";
        }

        if (hold.State == HoldState.Captured && hold.Captured == step.Amount)
        {
            return Show(hold);
        }

        if (step.PaidRun.Length > 0 && RunRefusal(step, wallet) is { } notForRun)
        {
            return notForRun;
        }

        var refusal = step.Amount <= 0 ? "invalid" : hold.EndedAs(now) ?? (step.Amount > hold.Amount && !step.AllowOverrun ? "exceeds_hold" : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var charge = CaptureOf(step.Org, wallet, hold, step.Amount, now);
        if (step.PaidRun.Length > 0)
        {
            Note(RunOf(step)!, charge, hold.Model.Length > 0 ? (0, charge.Total) : (charge.Total, 0));
        }

        return Show(hold);
    }

    private string? RunRefusal(LedgerStep step, NaiveWallet wallet) => RunOf(step) switch
    {
        null => "not_found",
        { State: not RunState.Started } => "run_over",
        { } run => run.Wallet == wallet.Id ? null : "other_wallet",
    };

    private static void Note(NaiveRun run, NaiveCharge charge, (decimal Any, decimal Model) settled)
    {
        run.Settled = (run.Settled.Any + settled.Any, run.Settled.Model + settled.Model);
        run.Charges.Add(charge);
        run.Charged += charge.Total - charge.Uncollected;
        run.Uncollected += charge.Uncollected;
    }

    private NaiveCharge CaptureOf(string org, NaiveWallet wallet, NaiveHold hold, decimal amount, DateTimeOffset now)
    {
        var left = amount;
        var payments = new List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)>();
        foreach (var (grant, reserved) in hold.Lines)
        {
            var share = Math.Min(left, reserved);
            grant.Left -= share;
            left -= share;
            payments.Add((grant, false, share));
        }

        (hold.State, hold.Captured) = (HoldState.Captured, amount);
        payments.AddRange(Take(wallet, now, (left, hold.Model)));
        var charge = charges[$"{org}/hold/{hold.Id}"] = new($"hold/{hold.Id}", wallet, payments);
        GiveBack(wallet, hold, now);
        return charge;
    }

    private string Release(LedgerStep step, DateTimeOffset now)
    {
        if (HoldOf(step) is not var (wallet, hold))
        {
            return "not_found";
        }

        if (hold.State == HoldState.Captured)
        {
            return "hold_captured";
        }

        ReleaseOf(wallet, hold, now);
        return Show(hold);
    }

    private static void ReleaseOf(NaiveWallet wallet, NaiveHold hold, DateTimeOffset now)
    {
        if (hold.IsOpen)
        {
            hold.State = hold.State == HoldState.Open && hold.ExpiresAt <= now ? HoldState.Expired : HoldState.Released;
            GiveBack(wallet, hold, now);
        }
    }

    private string SweepHold(LedgerStep step, DateTimeOffset now)
    {
        if (HoldOf(step) is not var (wallet, hold))
        {
            return "not_found";
        }

        if (hold.IsOpen && hold.ExpiresAt <= now)
        {
            hold.State = hold.State == HoldState.Open ? HoldState.Expired : HoldState.Unsettled;
            if (!hold.IsOpen)
            {
                GiveBack(wallet, hold, now);
            }
        }

        return Show(hold);
    }

    private string SweepGrant(LedgerStep step, DateTimeOffset now)
    {
        if (GrantOf(step) is not var (wallet, grant))
        {
            return "not_found";
        }

        Sweep(wallet, grant, now);
        Repay(wallet, now);
        return Show(wallet, grant);
    }

    private static void GiveBack(NaiveWallet wallet, NaiveHold hold, DateTimeOffset now)
    {
        hold.Lines.ForEach(line => Sweep(wallet, line.Grant, now));
        Repay(wallet, now);
    }

    private string Start(LedgerStep step, DateTimeOffset now)
    {
        if (RunOf(step) is { } known)
        {
            return known.Asked == AskedIn(step) ? Show(known) : "id_taken";
        }

        var attempts = runs.Where(run => run.Org == step.Org && run.Run.Plan == step.Plan).Select(run => run.Run).ToList();
        if (attempts.Exists(attempt => attempt.State == RunState.Started))
        {
            return "attempt_running";
        }

        var wallet = step.Payer.Length > 0 ? WalletOf(step) : null;
        var refusal = (step.Payer.Length > 0, wallet) switch
        {
            (false, _) => null,
            (_, null) => "not_found",
            (_, { IsFrozen: true }) => "wallet_frozen",
            (_, { TookFreeRun: true }) when step.IsFree => "free_run_used",
            _ => !step.IsFree && wallet.Available(string.Empty, now) < 1m ? "insufficient_credits" : null,
        };
        if (refusal is not null)
        {
            return refusal;
        }

        wallet?.TookFreeRun |= step.IsFree;
        var run = new NaiveRun(step.Run, step.Plan, step.Payer)
        {
            Asked = AskedIn(step),
            Attempt = attempts.Count + 1,
            IsFree = step.IsFree,
            TookFree = step.IsFree,
            Baseline = step.Mode == AttemptMode.Cumulative && attempts.Count > 0 ? Math.Max(attempts[^1].Reported, attempts[^1].Baseline) : 0,
            ModelBaseline = step.Mode == AttemptMode.Cumulative && attempts.Count > 0 ? attempts[^1].ModelReported : 0,
            ModelReported = step.Mode == AttemptMode.Cumulative && attempts.Count > 0 ? attempts[^1].ModelReported : 0,
        };
        runs.Add((step.Org, run));
        return Show(run);
    }

    private string Report(LedgerStep step, DateTimeOffset now)
    {
        if (RunOf(step) is not { State: RunState.Started } run)
        {
            return RunOf(step) is null ? "not_found" : "run_over";
        }

        if (SpentIn(step, run) is not { } spent)
        {
            return "not_found";
        }

        TakeOver(step, run);
        ChargeRun(step, run, spent, null, now);
        return Show(run);
    }

    private string Complete(LedgerStep step, DateTimeOffset now)
    {
        if (RunOf(step) is not { State: RunState.Started } run)
        {
            return RunOf(step) is { } over ? Show(over) : "not_found";
        }

        if (SpentIn(step, run) is not { } spent)
        {
            return "not_found";
        }

        if (step.IsSkipped)
        {
            Skip(step.Org, run, now);
        }

        TakeOver(step, run);
        run.State = step.Outcome;
        var isPing = string.Equals(step.Speed, "ping_llm", StringComparison.OrdinalIgnoreCase);
        ChargeRun(step, run, spent, step.Outcome == RunState.Succeeded && !isPing ? FeeUsd : 0, now);
        if (run.Wallet.Length > 0 && run.TookFree && run.State != RunState.Succeeded)
        {
            wallets[step.Org + run.Wallet].TookFreeRun = false;
        }

        return Show(run);
    }

    private static void TakeOver(LedgerStep step, NaiveRun run)
    {
        if (step.Total >= run.Reported)
        {
            (run.Reported, run.ModelReported) = (step.Total, step.ModelTotal ?? run.ModelReported);
        }
    }

    /// <summary>Holds pay first, then whatever is free; a fee makes it the last charge.</summary>
    private void ChargeRun(LedgerStep step, NaiveRun run, List<NaiveHold> spent, decimal? fee, DateTimeOffset now)
    {
        foreach (var hold in spent)
        {
            var (inference, feePart) = Due();
            if (Math.Min(inference + feePart, hold.Amount) is > 0 and var share && hold.EndedAs(now) is null)
            {
                var (any, model) = SharesOf(run, inference);
                Note(run, CaptureOf(step.Org, wallets[step.Org + run.Wallet], hold, share, now), Split(Math.Min(share, inference), any, model));
            }
            else
            {
                ReleaseOf(wallets[step.Org + run.Wallet], hold, now);
            }
        }

        var (left, leftOfFee) = Due();
        var isMarker = fee is not null && run.Charged + run.Uncollected > 0;
        if (run.Pays && (left + leftOfFee > 0 || isMarker))
        {
            var wallet = wallets[step.Org + run.Wallet];
            run.ProgressCharges += fee is null ? 1 : 0;
            var key = fee is null ? $"usage_billing_progress/{run.Plan}/{run.Attempt}/{run.ProgressCharges}" : $"usage_billing/{run.Plan}/{run.Attempt}";
            var (any, model) = SharesOf(run, left);
            var charge = charges[$"{step.Org}/{key}"] = new(key, wallet, Take(wallet, now, (leftOfFee + any, string.Empty), (model, "m")));
            Note(run, charge, (any, model));
            Repay(wallet, now);
        }

        (decimal Inference, decimal Fee) Due()
        {
            var due = run.Pays ? Math.Max(0, InCredits(run.Own + (fee ?? 0)) - run.Charged - run.Uncollected) : 0;
            var feePart = Math.Min(InCredits(fee ?? 0), due);
            return (due - feePart, feePart);
        }
    }

    /// <summary>Shares what is due out over the model and the rest, in proportion to what they cost and was not settled yet.</summary>
    private static (decimal Any, decimal Model) SharesOf(NaiveRun run, decimal inference)
    {
        var model = Math.Max(0, run.ModelReported - run.ModelBaseline);
        var due = Split(InCredits(run.Own), Math.Max(0, run.Own - model), model);
        return Split(inference, Math.Max(0, due.Any - run.Settled.Any), Math.Max(0, due.Model - run.Settled.Model));
    }

    /// <summary>Splits to the nanocredit; one that neither can claim alone goes where more of it belongs.</summary>
    private static (decimal Any, decimal Model) Split(decimal whole, decimal any, decimal model)
    {
        if (any + model == 0)
        {
            return (whole, 0);
        }

        var (units, weight, all) = (new BigInteger(whole * 1e9m), new BigInteger(model * 1e12m), new BigInteger((any + model) * 1e12m));
        var share = BigInteger.DivRem(units * weight, all, out var rest);
        var shared = (decimal)(rest * 2 > all ? share + 1 : share) / 1e9m;
        return (whole - shared, shared);
    }

    private static decimal InCredits(decimal usd) => Math.Round(usd / UsdPerCredit, 9, MidpointRounding.ToEven);

    private static void Skip(string org, NaiveRun run, DateTimeOffset now)
    {
        foreach (var charge in Enumerable.Reverse(run.Charges).Where(charge => charge.Total > charge.Undone))
        {
            var key = $"usage_billing_skipped/{run.Plan}/{run.Attempt}/{Transaction.IdOf(org, charge.Key)}";
            GiveBack(charge, charge.Total - charge.Undone, $"compensation:{Transaction.IdOf(org, key)}", now);
        }

        (run.IsFree, run.Charged, run.Uncollected, run.Settled) = (true, 0, 0, (0, 0));
    }

    /// <summary>The holds that a step spends on a run; null when one of them is not the wallet's.</summary>
    private List<NaiveHold>? SpentIn(LedgerStep step, NaiveRun run) => step.Spent.Count == 0
        ? []
        : HoldOf(step) is var (wallet, hold) && wallet.Id == run.Wallet ? [hold] : null;

    private static string AskedIn(LedgerStep step) => $"{step.Plan} {step.Payer} {step.Mode} {step.IsFree}";

    private NaiveRun? RunOf(LedgerStep step) => runs.Find(run => run.Org == step.Org && run.Run.Id == step.Run).Run;

    private (NaiveWallet Wallet, NaiveHold Hold)? HoldOf(LedgerStep step) =>
        wallets.Values.Where(wallet => wallet.Org == step.Org).SelectMany(wallet => wallet.Holds.Select(hold => ((NaiveWallet Wallet, NaiveHold Hold)?)(wallet, hold)))
            .FirstOrDefault(pair => pair!.Value.Hold.Id == step.Hold);

    private static string Show(NaiveRun run) => $"{run.State} {Show(run.Charged)} {Show(run.Uncollected)}";
}
