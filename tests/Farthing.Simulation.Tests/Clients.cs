using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Simulation.Tests;

/// <summary>
/// What clients do: give credit and take it back, hold it for calls, run plans and try again, correct and reverse. Every
/// step follows the answer to the one before it.
/// </summary>
/// <param name="dice">Decides everything.</param>
/// <param name="start">When the world began.</param>
/// <param name="send">Sends a command.</param>
internal sealed class Clients(Dice dice, DateTimeOffset start, Action<Command> send)
{
    private const int Orgs = 4;
    private const int WalletsEach = 3;

    private static readonly RunPrices Prices = new(Usd.FromDecimal(1m), 300, new(Credits.NanocreditsPerCredit / 2));

    private readonly Dictionary<(string Org, string Wallet), string> running = [];
    private int numbers;

    /// <summary>The organisations of the world.</summary>
    public static IReadOnlyList<string> AllOrgs { get; } = [.. Enumerable.Range(0, Orgs).Select(number => $"o{number}")];

    /// <summary>Opens every wallet, with something in most of them.</summary>
    public void OpenWallets()
    {
        foreach (var (org, number) in AllOrgs.SelectMany(org => Enumerable.Range(0, WalletsEach).Select(number => (org, number))))
        {
            var wallet = new Wallet
            {
                Org = org,
                Id = $"w{number}",
                Owner = new("user", $"w{number}"),
                Overdraft = number == 0 ? OverdraftPolicy.Deny : OverdraftPolicy.AllowToLimit,
                OverdraftLimit = number == 1 ? new(Credits.NanocreditsPerCredit) : null,
                CreatedAt = default,
            };
            Send($"{org} opens {wallet.Id}", null, () => new OpenWallet { Org = org, Wallet = wallet }, _ => GiveCredit(org, wallet.Id));
        }
    }

    /// <summary>Begins something somewhere.</summary>
    public void Begin()
    {
        var (org, wallet) = (AllOrgs[dice.Next(Orgs)], $"w{dice.Next(WalletsEach)}");
        switch (dice.Next(10))
        {
            case 0 or 1:
                GiveCredit(org, wallet);
                break;
            case 2:
                Adjust(org, wallet);
                break;
            case 3 or 4 or 5:
                StartRun(org, wallet, $"p{++numbers}", AttemptMode.Own, attempts: 0);
                break;
            default:
                Hold(org, wallet);
                break;
        }
    }

    private void GiveCredit(string org, string wallet)
    {
        var id = $"g{++numbers}";
        var later = dice.Next(4) == 0;
        var grant = new Grant
        {
            Org = org,
            Id = id,
            Wallet = wallet,
            Category = (GrantCategory)dice.Next(5),
            Amount = Amount(8),
            Priority = dice.Next(3) * 10,
            EffectiveAt = later ? start.AddMinutes(dice.Next(10, 180)) : default,
            ExpiresAt = dice.Next(3) == 0 ? start.AddMinutes(dice.Next(30, 240)) : null,
            CreatedAt = default,
        };
        Send($"{org} gives {id}", $"txn:grant/{id}", () => new GiveCredit { Org = org, Grant = grant, FromNow = !later }, _ => TakeBack(org, id));
    }

    private void TakeBack(string org, string grant)
    {
        var (id, part) = ($"f{++numbers}", Amount(3));
        if (dice.Next(4) == 0)
        {
            Send($"{org} refunds {id}", $"txn:refund/{id}", () => new RefundGrant { Org = org, Grant = grant, Id = id, Amount = part });
        }
        else if (dice.Next(6) == 0)
        {
            Send($"{org} voids {grant}", null, () => new VoidGrant { Org = org, Grant = grant });
        }
    }

    private void Adjust(string org, string wallet)
    {
        var (id, amount) = ($"a{++numbers}", dice.Next(2) == 0 ? Amount(3) : Credits.Zero - Amount(3));
        Send($"{org} adjusts {id}", $"txn:adjustment/{id}", () => new AdjustWallet { Org = org, Wallet = wallet, Id = id, Amount = amount, Reason = "simulated" });
    }

    private void Hold(string org, string wallet)
    {
        var (id, amount, lifetime) = ($"h{++numbers}", Amount(4), TimeSpan.FromMinutes(dice.Next(1, 30)));
        Send($"{org} reserves {id}", $"hold:{id}", () => new ReserveCredit { Org = org, Wallet = wallet, Id = id, Amount = amount, Lifetime = lifetime }, _ =>
        {
            if (dice.Next(10) > 0)
            {
                Send($"{org} forwards {id}", null, () => new ForwardHold { Org = org, Hold = id }, _ => End(org, wallet, id));
            }
        });
    }

    private void End(string org, string wallet, string hold)
    {
        var (amount, overrun) = (Amount(4), dice.Next(2) == 0);
        var run = dice.Next(3) == 0 ? running.GetValueOrDefault((org, wallet), string.Empty) : string.Empty;
        switch (dice.Next(10))
        {
            case 0:
                break;
            case 1 or 2:
                Send($"{org} releases {hold}", null, () => new ReleaseHold { Org = org, Hold = hold });
                break;
            default:
                Send(
                    $"{org} captures {hold}", $"txn:hold/{hold}",
                    () => new CaptureHold { Org = org, Hold = hold, Parts = ChargeParts.Of(amount), AllowOverrun = overrun, Run = run },
                    _ => Reverse(org, $"hold/{hold}"));
                break;
        }
    }

    private void Reverse(string org, string charge)
    {
        for (var part = dice.Next(4); part > 1; part--)
        {
            var (id, amount) = ($"x{++numbers}", dice.Next(3) == 0 ? (Credits?)null : Amount(2));
            Send(
                $"{org} reverses {charge} by {id}", $"txn:reversal/{id}",
                () => new ReverseTransaction { Org = org, Id = id, Transaction = Transaction.IdOf(org, charge), Amount = amount, Reason = "simulated" });
        }
    }

    private void StartRun(string org, string wallet, string plan, AttemptMode mode, int attempts)
    {
        var (id, free) = ($"r{++numbers}", dice.Next(6) == 0);
        Send(
            $"{org} starts {id}", $"run:{id}",
            () => new StartRun { Org = org, Id = id, Plan = plan, Wallet = wallet, Mode = mode, TakeFreeRun = free, Prices = Prices },
            _ =>
            {
                running[(org, wallet)] = id;
                Progress(new(org, wallet, plan, id, attempts), attempts * 0.5m, dice.Next(4));
            });
    }

    private void Progress(Attempt attempt, decimal cost, int reports)
    {
        var total = Usd.FromDecimal(cost + (dice.Next(100) * 0.013m));
        if (reports > 0)
        {
            Send(
                $"{attempt.Org} reports {attempt.Run} {reports}", null, () => new ReportRun { Org = attempt.Org, Run = attempt.Run, Total = total, Prices = Prices },
                _ => Progress(attempt, cost + 0.2m, reports - 1));
        }
        else if (dice.Next(3) == 0)
        {
            var (hold, amount) = ($"h{++numbers}", Amount(2));
            Send(
                $"{attempt.Org} reserves {hold}", $"hold:{hold}",
                () => new ReserveCredit { Org = attempt.Org, Wallet = attempt.Wallet, Id = hold, Amount = amount, Lifetime = TimeSpan.FromMinutes(20) },
                answer => Complete(attempt, total, answer is LedgerRequest<Hold> { Replay: null, Result.Succeeded: true } ? [hold] : []));
        }
        else
        {
            Complete(attempt, total, []);
        }
    }

    private void Complete(Attempt attempt, Usd total, IReadOnlyList<string> holds)
    {
        var (outcome, skips) = ((RunState)dice.Next(1, 4), dice.Next(8) == 0);
        Send(
            $"{attempt.Org} completes {attempt.Run}", null,
            () => new CompleteRun { Org = attempt.Org, Run = attempt.Run, Outcome = outcome, Total = total, Prices = Prices, Holds = holds, SkipCharge = skips },
            _ =>
            {
                if (outcome != RunState.Succeeded && attempt.Before < 2)
                {
                    StartRun(attempt.Org, attempt.Wallet, attempt.Plan, (AttemptMode)dice.Next(2), attempt.Before + 1);
                }
            });
    }

    private void Send(string name, string? evidence, Func<LedgerRequest> make, Action<LedgerRequest>? next = null) =>
        send(new() { Name = name, Evidence = evidence is null ? null : $"{name[..name.IndexOf(' ', StringComparison.Ordinal)]} {evidence}", Make = make, Next = next, HasKey = dice.Next(2) == 0 });

    private Credits Amount(int most) => new(dice.Next(1, most * 1_000_000) * 1_000L + dice.Next(2));

    /// <summary>A run with how many attempts were made before.</summary>
    private sealed record Attempt(string Org, string Wallet, string Plan, string Run, int Before);
}
