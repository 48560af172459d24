using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing;
using Farthing.Testing.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Simulation.Tests;

/// <summary>
/// One thread, virtual time, one seed: clients send commands over a network that delays, reorders, repeats and forgets, to a
/// ledger that dies before and after its commits while its clock is set forth and back over the end of a month. After every
/// step the books are proved; at the end everything that was acknowledged must be there exactly once.
/// </summary>
internal sealed class World
{
    private const int Beginnings = 16;
    private const int StepsMax = 5_000;
    private const int MinutesOfFaults = 180;
    
    /// <summary>An hour before the end of a month.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero);
    private static readonly AccountingMonth ClosedMonth = AccountingMonth.Of(Start);

    private readonly Dice dice;
    private readonly ManualTime time = new(Start);
    private readonly MemoryLedger ledger;
    private readonly PriorityQueue<Func<List<Command>, Task>, DateTimeOffset> events = new();
    private readonly List<Command> commands = [];
    private readonly List<string> violations = [];
    private readonly Dictionary<string, long> proven = new(StringComparer.Ordinal);
    private DateTimeOffset now = Start;
    private TimeSpan skew;

    /// <summary>A world.</summary>
    /// <param name="seed">Decides everything that happens in it.</param>
    /// <param name="open">Opens the ledger, whole or broken.</param>
    public World(int seed, Func<TimeProvider, MemoryLedger> open)
    {
        dice = new(seed);
        ledger = open(time);
    }

    /// <summary>How many units of work the ledger was asked to do.</summary>
    public int Units { get; private set; }

    private bool IsCalm => now > Start.AddMinutes(MinutesOfFaults);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lives through everything.</summary>
    /// <returns>What was wrong; empty when nothing was.</returns>
    public async Task<IReadOnlyList<string>> LiveAsync()
    {
        var clients = new Clients(dice, Start, Send);
        clients.OpenWallets();
        for (var number = 0; number < Beginnings; number++)
        {
            At(dice.Next(MinutesOfFaults * 60), _ => Now(clients.Begin));
        }

        for (var minute = 15; minute <= MinutesOfFaults; minute += 25)
        {
            At(minute * 60, _ => Now(() => skew = TimeSpan.FromMinutes(dice.Next(-20, 20))));
            At((minute * 60) + 1, SweepAsync);
        }

        At(MinutesOfFaults * 60, _ => Now(() => skew = TimeSpan.Zero));
        At((MinutesOfFaults - 60) * 60, arrived => Now(() => Close(arrived)));
        At((MinutesOfFaults * 60) + 3_600, arrived => Now(() => Close(arrived)));
        for (var step = 0; violations.Count == 0 && events.Count > 0; step++)
        {
            await StepAsync();
            if (step > StepsMax)
            {
                violations.Add("the world does not come to rest");
            }
        }

        if (violations.Count == 0)
        {
            await EndAsync();
        }

        return violations;
    }

    /// <summary>The next thing that happens; sometimes several together in one unit of work.</summary>
    private async Task StepAsync()
    {
        var arrived = new List<Command>();
        for (var together = dice.Next(4) == 0 ? dice.Next(2, 5) : 1; together > 0 && events.TryDequeue(out var happens, out var due); together--)
        {
            now = due > now ? due : now;
            await happens(arrived);
        }

        time.Move(now + skew - time.Now);
        if (arrived.Count > 0)
        {
            await DeliverAsync(arrived);
        }
    }

    private async Task DeliverAsync(List<Command> arrived)
    {
        foreach (var prepare in arrived.Select(command => command.Prepare).OfType<Func<Task>>())
        {
            await prepare();
        }

        var requests = arrived.ConvertAll(command => command.Send());
        var dies = IsCalm ? -1 : dice.Next(25);
        ledger.Interrupt = moment => _ = (int)moment == dies ? throw new CrashException() : 0;
        Units++;
        try
        {
            await ledger.ApplyAsync(requests, Cancellation);
        }
        catch (CrashException)
        {
            arrived.ForEach(Again);
            arrived = [];
        }
        catch (LedgerRaceException)
        {
            // Usage of the month came between its books and its close: nothing was done, and everybody asks again.
            arrived.ForEach(Again);
            arrived = [];
        }
        catch (InvalidOperationException broken)
        {
            violations.Add(broken.Message);
            arrived = [];
        }

        for (var index = 0; index < arrived.Count; index++)
        {
            Answer(arrived[index], requests[index]);
        }

        foreach (var org in requests.Select(request => request.Org).Distinct(StringComparer.Ordinal))
        {
            violations.AddRange(await LedgerProof.CheckAsync(ledger, ledger, org, Cancellation, proven.GetValueOrDefault(org)));
            proven[org] = (await ledger.CountersAsync(org, Cancellation)).Head.Sequence;
        }
    }

    private void Answer(Command command, LedgerRequest request)
    {
        if (!IsCalm && dice.Next(20) == 0)
        {
            Again(command);
        }
        else if (command.Acknowledge(request) is { } violation)
        {
            violations.Add(violation);
        }
    }

    /// <summary>Sends a command on its way, perhaps more than once.</summary>
    private void Send(Command command)
    {
        commands.Add(command);
        for (var copies = dice.Next(3) == 0 ? dice.Next(2, 4) : 1; copies > 0; copies--)
        {
            Again(command);
        }
    }

    private void Again(Command command) => At(dice.Next(10) == 0 ? dice.Next(1_800) : dice.Next(20), arrived => Now(() => arrived.Add(command)));

    private void At(int secondsFromNow, Func<List<Command>, Task> happens) => events.Enqueue(happens, now.AddSeconds(secondsFromNow));

    private static Task Now(Action happens)
    {
        happens();
        return Task.CompletedTask;
    }

    private async Task SweepAsync(List<Command> arrived)
    {
        time.Move(now + skew - time.Now);
        foreach (var overdue in await OverdueAsync())
        {
            arrived.Add(new()
            {
                Name = $"{overdue.Org} sweeps {overdue.Id} at {now:O}",
                Make = () => overdue.IsHold ? new ExpireHold { Org = overdue.Org, Hold = overdue.Id } : new ExpireGrant { Org = overdue.Org, Grant = overdue.Id },
            });
        }
    }

    /// <summary>Closes the month of one organisation; its books are read just before.</summary>
    private void Close(List<Command> arrived)
    {
        var org = Clients.AllOrgs[dice.Next(Clients.AllOrgs.Count)];
        TrialBalance books = new([], ChainHead.Start);
        arrived.Add(new()
        {
            Name = $"{org} closes at {now:O}",
            Prepare = async () => books = await ledger.TrialBalanceAsync(org, ClosedMonth, Cancellation),
            Make = () => new ClosePeriod { Org = org, Month = ClosedMonth, TrialBalance = books },
        });
    }

    private Task<IReadOnlyList<Overdue>> OverdueAsync() => ledger.OverdueAsync(10_000, Cancellation);

    /// <summary>Days later, when everything was swept: what was acknowledged is there once, and nothing is left that is over.</summary>
    private async Task EndAsync()
    {
        now = now.AddDays(3);
        var last = new List<Command>();
        await SweepAsync(last);
        await DeliverAsync(last);
        if ((await OverdueAsync()).Count > 0)
        {
            violations.Add("P10 the sweeper leaves something behind");
        }

        foreach (var org in Clients.AllOrgs)
        {
            violations.AddRange(await LedgerProof.CheckAsync(ledger, ledger, org, Cancellation));
            violations.AddRange(await LedgerProof.CheckSweptAsync(ledger, org, time.Now, Cancellation));
            await CheckEvidenceAsync(org);
        }

        violations.AddRange(commands.Where(command => command.Answer is null).Select(command => $"P20 {command.Name} was never answered"));
    }

    private async Task CheckEvidenceAsync(string org)
    {
        var query = new LedgerQuery { Org = org, Limit = int.MaxValue };
        var rows = (await ledger.TransactionsAsync(query, Cancellation)).Select(link => link.Transaction).ToList();
        var runs = await ledger.RunsAsync(query, Cancellation);
        var found = rows.Select(row => $"{org} txn:{row.Key}")
            .Concat((await ledger.HoldsAsync(query, Cancellation)).Select(hold => $"{org} hold:{hold.Id}"))
            .Concat(runs.Select(run => $"{org} run:{run.Id}"))
            .ToLookup(line => line, StringComparer.Ordinal);
        violations.AddRange(
            from command in commands
            let evidence = command.Evidence ?? string.Empty
            where evidence.StartsWith($"{org} ", StringComparison.Ordinal)
            let count = found[evidence].Count()
            where command.Succeeded ? count != 1 : command.HasKey && count != 0
            select $"P20 {command.Name} was answered '{command.Answer}' and is there {count} times");
        violations.AddRange(
            from run in runs
            let posted = rows.Where(row => row.Run == run.Id && row.Reverses.Length == 0)
            let undone = rows.Where(row => row.Run == run.Id && row.Reverses.Length > 0)
            let isTakenBack = run.Settled == Credits.Zero && Sum(posted) == Sum(undone)
            where Sum(posted) != run.Settled && !isTakenBack
            select $"P17 {run.Id} says {run.Settled} was settled, its rows say {Sum(posted)}, and {Sum(undone)} was undone");

        static Credits Sum(IEnumerable<Transaction> rows) => rows.Aggregate(Credits.Zero, (sum, row) => sum + row.Amount);
    }

#pragma warning disable RCS1194 // It has no story: it is thrown by chance and caught here.
    private sealed class CrashException : IOException;
#pragma warning restore RCS1194
}
