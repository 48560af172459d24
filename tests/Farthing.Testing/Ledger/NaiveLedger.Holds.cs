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

        var refusal = step.Amount <= 0 ? "invalid" : hold.EndedAs(now) ?? (step.Amount > hold.Amount && !step.AllowOverrun ? "exceeds_hold" : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var left = step.Amount;
        var payments = new List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)>();
        foreach (var (grant, amount) in hold.Lines)
        {
            var share = Math.Min(left, amount);
            grant.Left -= share;
            left -= share;
            payments.Add((grant, false, share));
        }

        (hold.State, hold.Captured) = (HoldState.Captured, step.Amount);
        payments.AddRange(Take(wallet, left, hold.Model, now));
        charges[$"{step.Org}/hold/{hold.Id}"] = new(wallet, payments);
        GiveBack(wallet, hold, now);
        return Show(hold);
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

        if (hold.IsOpen)
        {
            hold.State = hold.State == HoldState.Open && hold.ExpiresAt <= now ? HoldState.Expired : HoldState.Released;
            GiveBack(wallet, hold, now);
        }

        return Show(hold);
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
            return known.Plan == step.Plan && known.Wallet == step.Payer ? Show(known) : "id_taken";
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
            Attempt = attempts.Count + 1,
            IsFree = step.IsFree,
            Baseline = step.Mode == AttemptMode.Cumulative && attempts.Count > 0 ? Math.Max(attempts[^1].Reported, attempts[^1].Baseline) : 0,
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

        run.Reported = Math.Max(run.Reported, step.Total);
        ChargeRun(step, run, 0, now);
        return Show(run);
    }

    private string Complete(LedgerStep step, DateTimeOffset now)
    {
        if (RunOf(step) is not { State: RunState.Started } run)
        {
            return RunOf(step) is { } over ? Show(over) : "not_found";
        }

        run.Reported = Math.Max(run.Reported, step.Total);
        run.State = step.Outcome;
        var isPing = string.Equals(step.Speed, "ping_llm", StringComparison.OrdinalIgnoreCase);
        var payments = ChargeRun(step, run, step.Outcome == RunState.Succeeded && !isPing ? FeeUsd : 0, now);
        if (run.Pays && run.Charged > 0)
        {
            charges[$"{step.Org}/usage_billing/{run.Plan}/{run.Attempt}"] = new(wallets[step.Org + run.Wallet], payments);
            Repay(wallets[step.Org + run.Wallet], now);
        }

        if (run.Wallet.Length > 0 && run.IsFree && run.State != RunState.Succeeded)
        {
            wallets[step.Org + run.Wallet].TookFreeRun = false;
        }

        return Show(run);
    }

    private List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)> ChargeRun(LedgerStep step, NaiveRun run, decimal fee, DateTimeOffset now)
    {
        var usd = Math.Max(0, run.Reported - run.Baseline) + fee;
        var due = Math.Round(usd / UsdPerCredit, 9, MidpointRounding.ToEven) - run.Charged;
        if (!run.Pays || due <= 0)
        {
            return [];
        }

        run.Charged += due;
        var payments = Take(wallets[step.Org + run.Wallet], due, string.Empty, now);
        Repay(wallets[step.Org + run.Wallet], now);
        return payments;
    }

    private NaiveRun? RunOf(LedgerStep step) => runs.Find(run => run.Org == step.Org && run.Run.Id == step.Run).Run;

    private (NaiveWallet Wallet, NaiveHold Hold)? HoldOf(LedgerStep step) =>
        wallets.Values.Where(wallet => wallet.Org == step.Org).SelectMany(wallet => wallet.Holds.Select(hold => ((NaiveWallet Wallet, NaiveHold Hold)?)(wallet, hold)))
            .FirstOrDefault(pair => pair!.Value.Hold.Id == step.Hold);

    private static string Show(NaiveRun run) => $"{run.State} {Show(run.Charged)}";
}
