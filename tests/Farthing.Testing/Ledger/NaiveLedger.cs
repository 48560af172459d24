using Farthing.Domain.Ledger;

namespace Farthing.Testing.Ledger;

/// <summary>
/// The rules of the ledger once more, written as simply as can be and without a look at the real ones: lists, decimals, no
/// accounts, no counters, everything added up anew whenever it is asked for. Whatever the two answer differently is a bug in
/// one of them.
/// </summary>
public sealed partial class NaiveLedger
{
    private readonly Dictionary<string, NaiveWallet> wallets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NaiveCharge> charges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Subject, decimal Amount)> done = new(StringComparer.Ordinal);

    /// <summary>Does a step and tells the answer as <see cref="LedgerStep.Tell(Farthing.Workflows.Crediting.LedgerRequest)"/> does.</summary>
    public string Do(LedgerStep step, DateTimeOffset now) => step.Verb switch
    {
        LedgerVerb.Open => Open(step, now),
        LedgerVerb.Limit => Limit(step, now),
        LedgerVerb.Give => Give(step, now),
        LedgerVerb.Void => Void(step, now),
        LedgerVerb.Refund => Refund(step, now),
        LedgerVerb.Adjust => Adjust(step, now),
        LedgerVerb.Reserve => Reserve(step, now),
        LedgerVerb.Forward => Forward(step, now),
        LedgerVerb.Capture => Capture(step, now),
        LedgerVerb.Release => Release(step, now),
        LedgerVerb.SweepHold => SweepHold(step, now),
        LedgerVerb.SweepGrant => SweepGrant(step, now),
        LedgerVerb.Reverse => Reverse(step, now),
        LedgerVerb.Start => Start(step, now),
        LedgerVerb.Report => Report(step, now),
        LedgerVerb.Complete => Complete(step, now),
        LedgerVerb.Tick => string.Empty,
        _ => throw new InvalidOperationException($"Nobody does {step.Verb}."),
    };

    /// <summary>Everything that is in the wallets of an organisation, a line a wallet, grant and hold.</summary>
    public string Describe(string org, DateTimeOffset now) => string.Join('\n', wallets.Values.Where(wallet => wallet.Org == org)
        .OrderBy(wallet => wallet.Id, StringComparer.Ordinal)
        .SelectMany(wallet => Enumerable.Empty<string>()
            .Append($"{wallet.Id} {Show(wallet, now)}")
            .Concat(wallet.Grants.OrderBy(grant => grant.Id, StringComparer.Ordinal).Select(grant => $"{grant.Id} {Show(wallet, grant)}"))
            .Concat(wallet.Holds.OrderBy(hold => hold.Id, StringComparer.Ordinal).Select(hold => $"{hold.Id} {Show(hold)}"))));

    private string Open(LedgerStep step, DateTimeOffset now)
    {
        if (!wallets.TryGetValue(step.Org + step.Wallet, out var wallet))
        {
            wallets[step.Org + step.Wallet] = wallet = new(step.Org, step.Wallet) { Limit = LimitOf(step), Overdraft = (step.Overdraft, step.OverdraftLimit) };
        }

        return wallet.Overdraft == (step.Overdraft, step.OverdraftLimit) ? Show(wallet, now) : "id_taken";
    }

    private string Limit(LedgerStep step, DateTimeOffset now)
    {
        if (WalletOf(step) is not { } wallet)
        {
            return "not_found";
        }

        if (wallet.Owed > LimitOf(step))
        {
            return "invalid";
        }

        (wallet.Limit, wallet.Overdraft, wallet.IsFrozen) = (LimitOf(step), (step.Overdraft, step.OverdraftLimit), step.State == WalletState.Frozen);
        return Show(wallet, now);
    }

    private string Give(LedgerStep step, DateTimeOffset now)
    {
        if (GrantOf(step) is var (owner, known))
        {
            return owner.Id == step.Wallet && known with { Left = 0, VoidedAt = null, EffectiveAt = step.Begins is null ? now : known.EffectiveAt } == GrantIn(step, now) ? Show(owner, known) : "id_taken";
        }

        if (WalletOf(step) is not { } wallet)
        {
            return "not_found";
        }

        if (step.Amount <= 0)
        {
            return "invalid";
        }

        var grant = GrantIn(step, now);
        GiveTo(wallet, grant, now);
        return Show(wallet, grant);
    }

    private static NaiveGrant GrantIn(LedgerStep step, DateTimeOffset now) => new(
        step.Grant, step.Category, step.Amount, step.Priority, step.Model, now + (step.Begins ?? TimeSpan.Zero), step.GoodFor is { } time ? now + time : DateTimeOffset.MaxValue);

    private static void GiveTo(NaiveWallet wallet, NaiveGrant grant, DateTimeOffset now)
    {
        grant.Left = grant.Amount;
        wallet.Grants.Add(grant);
        Repay(wallet, now);
    }

    /// <summary>Whatever is free pays what is owed.</summary>
    private static void Repay(NaiveWallet wallet, DateTimeOffset now)
    {
        foreach (var grant in wallet.Serving(string.Empty, now).ToList())
        {
            RepayFrom(wallet, grant);
        }
    }

    private static void RepayFrom(NaiveWallet wallet, NaiveGrant grant)
    {
        var repaid = Math.Min(wallet.Owed, wallet.FreeOf(grant));
        wallet.Owed -= repaid;
        grant.Left -= repaid;
    }

    private string Void(LedgerStep step, DateTimeOffset now)
    {
        if (GrantOf(step) is not var (wallet, grant))
        {
            return "not_found";
        }

        if (grant.VoidedAt is not null)
        {
            return "grant_voided";
        }

        Repay(wallet, now);
        grant.VoidedAt = now;
        Sweep(wallet, grant, now);
        return Show(wallet, grant);
    }

    private string Refund(LedgerStep step, DateTimeOffset now)
    {
        if (GrantOf(step) is not var (wallet, grant))
        {
            return "not_found";
        }

        var key = $"{step.Org}/refund/{step.Id}";
        if (done.TryGetValue(key, out var known))
        {
            return known.Subject == grant.Id && (step.PartOrAll ?? known.Amount) == known.Amount ? Show(wallet, grant) : "id_taken";
        }

        var free = RefundableOf(wallet, grant, now);
        var wanted = step.PartOrAll ?? free;
        var refusal = grant switch
        {
            { Category: not GrantCategory.Paid } => "grant_not_paid",
            { VoidedAt: not null } => "grant_voided",
            _ when grant.IsOver(now) => "grant_expired",
            _ when free == 0 || wanted > free => "grant_spent",
            _ => wanted <= 0 ? "invalid" : null,
        };
        if (refusal is null)
        {
            Repay(wallet, now);
            grant.Left -= wanted;
            done[key] = (grant.Id, wanted);
        }

        return refusal ?? Show(wallet, grant);
    }

    /// <summary>What would be free once all debts were paid: first by what can be used for everything, then by anything.</summary>
    private static decimal RefundableOf(NaiveWallet wallet, NaiveGrant grant, DateTimeOffset now)
    {
        var debt = wallet.Owed;
        var free = wallet.FreeOf(grant);
        foreach (var payer in wallet.Serving(string.Empty, now))
        {
            var repaid = Math.Min(debt, wallet.FreeOf(payer));
            debt -= repaid;
            free -= payer == grant ? repaid : 0;
        }

        return Math.Max(0, Math.Min(free, wallet.Grants.Where(other => !other.IsOver(now)).Sum(wallet.FreeOf) - wallet.Owed));
    }

    private string Adjust(LedgerStep step, DateTimeOffset now)
    {
        if (WalletOf(step) is not { } wallet)
        {
            return "not_found";
        }

        var amount = step.Choice % 2 == 0 ? step.Amount : -step.Amount;
        var key = $"{step.Org}/adjust/{step.Id}";
        if (done.TryGetValue(key, out var known))
        {
            return known == (wallet.Id, amount) ? Show(wallet, now) : "id_taken";
        }

        if (amount == 0)
        {
            return "invalid";
        }

        if (amount > 0)
        {
            GiveTo(wallet, new($"adjustment:{step.Id}", GrantCategory.Compensation, amount, Grant.PriorityDefault, string.Empty, now, DateTimeOffset.MaxValue), now);
        }
        else if (wallet.Limit < decimal.MaxValue && wallet.Available(string.Empty, now) + wallet.Limit < -amount)
        {
            return "insufficient_credits";
        }
        else
        {
            _ = Take(wallet, now, (-amount, string.Empty));
            Repay(wallet, now);
        }

        done[key] = (wallet.Id, amount);
        return Show(wallet, now);
    }

    private string Reverse(LedgerStep step, DateTimeOffset now)
    {
        if (!charges.TryGetValue($"{step.Org}/{step.ChargeKey}", out var charge))
        {
            return "not_found";
        }

        var key = $"{step.Org}/reverse/{step.Id}";
        if (done.TryGetValue(key, out var known))
        {
            var (subject, before) = known;
            return subject.StartsWith($"{step.ChargeKey} ", StringComparison.Ordinal) && (step.PartOrAll ?? before) == before ? subject[(step.ChargeKey.Length + 1)..] : "id_taken";
        }

        var wanted = step.PartOrAll ?? (charge.Total - charge.Undone);
        if (wanted <= 0 || wanted > charge.Total - charge.Undone)
        {
            return "not_reversible";
        }

        var delta = Show(GiveBack(charge, wanted, $"compensation:{Transaction.IdOf(step.Org, $"reversal/{step.Id}")}", now));
        done[key] = ($"{step.ChargeKey} {delta}", wanted);
        return delta;
    }

    private static decimal GiveBack(NaiveCharge charge, decimal wanted, string compensation, DateTimeOffset now)
    {
        var (wallet, before) = (charge.Wallet, charge.Wallet.Balance);
        var (skip, left) = (charge.Undone, wanted);
        var touched = new List<NaiveGrant>();
        charge.Undone += wanted;
        foreach (var (grant, isDebt, amount) in Enumerable.Reverse(charge.Payments))
        {
            var skipped = Math.Min(skip, amount);
            var share = Math.Min(left, amount - skipped);
            (skip, left) = (skip - skipped, left - share);
            var forgiven = isDebt ? Math.Min(share, wallet.Owed) : 0;
            wallet.Owed -= forgiven;
            wallet.Uncollected -= grant is null && !isDebt ? share : 0;
            if (grant is not null)
            {
                grant.Left += share;
                touched.AddRange(share > 0 ? [grant] : []);
            }
            else if (isDebt && share > forgiven)
            {
                wallet.Grants.Add(new(compensation, GrantCategory.Compensation, share - forgiven, Grant.PriorityDefault, string.Empty, now, DateTimeOffset.MaxValue) { Left = share - forgiven });
            }
        }

        var delta = wallet.Balance - before;
        NaiveWallet.InOrder(touched).ToList().ForEach(grant => Sweep(wallet, grant, now));
        Repay(wallet, now);
        return delta;
    }

    /// <summary>Takes for usage that happened: free credit for each part, then debt up to the limit, then nobody's.</summary>
    private static List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)> Take(NaiveWallet wallet, DateTimeOffset now, params (decimal Amount, string Model)[] parts)
    {
        var payments = new List<(NaiveGrant? Grant, bool IsDebt, decimal Amount)>();
        var unpaid = 0m;
        foreach (var (wanted, model) in parts)
        {
            var amount = wanted;
            foreach (var grant in wallet.Serving(model, now).ToList())
            {
                var share = Math.Min(amount, wallet.FreeOf(grant));
                grant.Left -= share;
                amount -= share;
                var before = payments.FindIndex(payment => ReferenceEquals(payment.Grant, grant));
                if (before >= 0)
                {
                    payments[before] = (grant, false, payments[before].Amount + share);
                }
                else if (share > 0)
                {
                    payments.Add((grant, false, share));
                }
            }

            unpaid += amount;
        }

        var owed = Math.Min(unpaid, Math.Max(0, wallet.Limit - wallet.Owed));
        wallet.Owed += owed;
        payments.Add((null, true, owed));
        payments.Add((null, false, unpaid - owed));
        wallet.Uncollected += unpaid - owed;
        return payments;
    }

    /// <summary>What is over is lost, but not to somebody who owes.</summary>
    private static void Sweep(NaiveWallet wallet, NaiveGrant grant, DateTimeOffset now)
    {
        if (grant.IsOver(now))
        {
            if (grant.Model.Length == 0 && !(grant.VoidedAt < grant.ExpiresAt))
            {
                RepayFrom(wallet, grant);
            }

            grant.Left -= wallet.FreeOf(grant);
        }
    }

    private static decimal LimitOf(LedgerStep step) => step.Overdraft == OverdraftPolicy.Deny ? 0 : step.OverdraftLimit ?? decimal.MaxValue;

    private NaiveWallet? WalletOf(LedgerStep step) => wallets.GetValueOrDefault(step.Org + step.Wallet);

    private (NaiveWallet Wallet, NaiveGrant Grant)? GrantOf(LedgerStep step) =>
        wallets.Values.Where(wallet => wallet.Org == step.Org).SelectMany(wallet => wallet.Grants.Select(grant => ((NaiveWallet Wallet, NaiveGrant Grant)?)(wallet, grant)))
            .FirstOrDefault(pair => pair!.Value.Grant.Id == step.Grant);

    private static string Show(NaiveWallet wallet, DateTimeOffset now) =>
        $"{Show(wallet.Balance)} {Show(wallet.Grants.Sum(wallet.HeldOf))} {Show(wallet.Available(string.Empty, now))} {Show(wallet.Owed)} {Show(wallet.Uncollected)}";

    private static string Show(NaiveWallet wallet, NaiveGrant grant) => $"{Show(grant.Left)} {Show(wallet.HeldOf(grant))}";

    private static string Show(NaiveHold hold) => $"{hold.State} {Show(hold.Captured)}";

    private static string Show(decimal amount) => amount.ToString("0.#########", System.Globalization.CultureInfo.InvariantCulture);
}
