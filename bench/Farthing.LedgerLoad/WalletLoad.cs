using System.Diagnostics;
using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.LedgerLoad;

/// <summary>What a load measured. A step is one request that was answered when it was durable: a hold or a capture.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Refused">Holds refused for want of credit.</param>
/// <param name="Elapsed">From the first step to the last answer.</param>
/// <param name="Latencies">Of every step, in ticks of the stopwatch, sorted.</param>
internal sealed record LoadResult(long Steps, long Refused, TimeSpan Elapsed, long[] Latencies)
{
    /// <summary>Steps in a second.</summary>
    public long PerSecond => (long)(Steps / Elapsed.TotalSeconds);

    /// <summary>The latency that a share of the steps stays below, in milliseconds.</summary>
    public double Percentile(double share) =>
        Latencies.Length == 0 ? 0 : Latencies[Math.Min(Latencies.Length - 1, (int)(Latencies.Length * share))] * 1_000.0 / Stopwatch.Frequency;
}

/// <summary>
/// Clients that reserve a credit and use half of it, one step after the other, each waiting until its step is durable; or
/// that only reserve, and let their holds stand. Wallets are dealt out to the organisations in turn.
/// </summary>
internal sealed class WalletLoad(CreditLedger ledger, string name, int orgs, int wallets, int clients)
{
    private static readonly Credits One = new(Credits.NanocreditsPerCredit);
    private static readonly ChargeParts Half = ChargeParts.Of(new(Credits.NanocreditsPerCredit / 2));
    private long refused;

    /// <summary>The organisations whose wallets they are.</summary>
    public IReadOnlyList<string> Orgs { get; } =
        [.. Enumerable.Range(0, orgs).Select(number => orgs == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{number:d2}"))];

    /// <summary>Opens the wallets and fills them.</summary>
    public async Task PrepareAsync(Credits each)
    {
        await Parallel.ForAsync(0, wallets, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, token) =>
        {
            var (org, id) = (OrgOf(number), WalletOf(number));
            await RequireAsync(new OpenWallet { Org = org, Wallet = new() { Org = org, Id = id, Owner = new("org", string.Empty), CreatedAt = default } }, token);
            var grant = new Grant { Org = org, Id = "g-" + id, Wallet = id, Category = GrantCategory.Paid, Amount = each, EffectiveAt = default, CreatedAt = default };
            await RequireAsync(new GiveCredit { Org = org, Grant = grant, FromNow = true }, token);
        });
    }

    /// <summary>Runs the clients for a time.</summary>
    public async Task<LoadResult> RunAsync(TimeSpan time, string round, bool captures)
    {
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client, round, captures, clock, time))));
        var elapsed = clock.Elapsed;
        var all = latencies.SelectMany(static few => few).ToArray();
        Array.Sort(all);
        return new(all.Length, Interlocked.Exchange(ref refused, 0), elapsed, all);
    }

    private async Task<List<long>> ClientAsync(int client, string round, bool captures, Stopwatch clock, TimeSpan time)
    {
        var latencies = new List<long>(100_000);
        for (var step = 0; clock.Elapsed < time; step++)
        {
            var number = (client + (step * clients)) % wallets;
            var (org, wallet) = (OrgOf(number), WalletOf(number));
            // In order of time, as a UUID of version 7 is.
            var hold = string.Create(CultureInfo.InvariantCulture, $"{round}-{step:d8}-{client}");
            var reserved = await TimeAsync(new ReserveCredit { Org = org, Id = hold, Wallet = wallet, Amount = One }, latencies);
            if (reserved.Problem is { } problem)
            {
                Require(problem.Code == Refusals.InsufficientCredits, problem);
                Interlocked.Increment(ref refused);
                continue;
            }

            if (!captures)
            {
                continue;
            }

            var captured = await TimeAsync(new CaptureHold { Org = org, Hold = hold, Wallet = wallet, Parts = Half }, latencies);
            Require(captured.Succeeded, captured.Problem);
        }

        return latencies;
    }

    private async Task<Workflows.Result<T>> TimeAsync<T>(LedgerRequest<T> request, List<long> latencies)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await ledger.AskAsync(request, CancellationToken.None);
        latencies.Add(Stopwatch.GetTimestamp() - start);
        return result;
    }

    private async Task RequireAsync<T>(LedgerRequest<T> request, CancellationToken cancellationToken)
    {
        var result = await ledger.AskAsync(request, cancellationToken);
        Require(result.Succeeded, result.Problem);
    }

    private static void Require(bool holds, Workflows.Problem? problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem?.Detail);
        }
    }

    private string OrgOf(int number) => Orgs[number % orgs];

    private static string WalletOf(int number) => string.Create(CultureInfo.InvariantCulture, $"w{number:d4}");
}
