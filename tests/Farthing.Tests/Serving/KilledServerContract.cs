using System.Globalization;
using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Spending;

namespace Farthing.Tests.Serving;

/// <summary>A server that is killed again and again under load loses nothing that it acknowledged and does nothing twice.</summary>
public abstract class KilledServerContract
{
    private const int Rounds = 20;
    private const int Clients = 6;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private static readonly Credits Grant = new(5 * Credits.NanocreditsPerCredit);
    private static readonly Credits Capture = new(Credits.NanocreditsPerCredit * 4 / 10);
    private static readonly Credits Charge = new(Credits.NanocreditsPerCredit / 4);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where the server keeps its things.</summary>
    protected abstract IReadOnlyDictionary<string, string> Environment { get; }

    [Fact]
    public async Task What_was_acknowledged_is_there_exactly_once_however_often_the_server_is_killed()
    {
        var clients = Enumerable.Range(0, Clients).Select(number => new StubbornClient(number)).ToList();
        await using (var first = await ServerProcess.StartAsync(Environment, Cancellation))
        {
            await OpenWalletsAsync(first.Address, clients);
        }

        for (var round = 0; round < Rounds; round++)
        {
            await WorkUntilKilledAsync(clients, answers: 1 + (round * 37 % 101));
        }

        await using var server = await ServerProcess.StartAsync(Environment, Cancellation);
        await FinishAsync(server.Address, clients);
        await CheckWalletsAsync(server.Address, clients);
        await CheckUsageAsync(server.Address, clients);
        await server.KillAsync();
        await CheckStoreAsync(clients);
    }

    /// <summary>Opens the store that the server has left, and hands it over.</summary>
    protected abstract Task LookAsync(Func<ISpendQueries, ILedgerUpkeep, Task> look);

    private static async Task OpenWalletsAsync(Uri server, IEnumerable<StubbornClient> clients)
    {
        using var http = Client(server);
        foreach (var wallet in clients.Select(client => client.Wallet).Distinct(StringComparer.Ordinal))
        {
            using var content = new StringContent($$$"""{"id":"{{{wallet}}}","owner":{"kind":"user","id":"{{{wallet}}}"}}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/api/v1/wallets", UriKind.Relative), content, Cancellation);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    /// <summary>Lets the clients work until they have had some answers; what they ask for at that moment is cut off.</summary>
    private async Task WorkUntilKilledAsync(IReadOnlyList<StubbornClient> clients, int answers)
    {
        await using var server = await ServerProcess.StartAsync(Environment, Cancellation);
        using var answered = new SemaphoreSlim(0);
        var work = clients.Select(client => client.WorkAsync(server.Address, answered)).ToList();
        for (var seen = 0; seen < answers; seen++)
        {
            (await answered.WaitAsync(PatienceMax, Cancellation)).ShouldBeTrue(server.Errors);
        }

        await server.KillAsync();
        await Task.WhenAll(work);
    }

    /// <summary>Each client does what it was in doubt about, and no more than that.</summary>
    private static async Task FinishAsync(Uri server, IEnumerable<StubbornClient> clients)
    {
        foreach (var client in clients)
        {
            await client.FinishJobAsync(server);
        }
    }

    private static async Task CheckWalletsAsync(Uri server, IReadOnlyList<StubbornClient> clients)
    {
        using var http = Client(server);
        foreach (var wallet in clients.GroupBy(client => client.Wallet, StringComparer.Ordinal))
        {
            var grants = wallet.Sum(client => client.Count(ask => ask.Path.EndsWith("/grants", StringComparison.Ordinal)));
            var captures = wallet.Sum(client => client.Count(ask => ask.Path.EndsWith("/capture", StringComparison.Ordinal)));
            var runs = wallet.Sum(client => client.Count(ask => ask.Path.EndsWith("/complete", StringComparison.Ordinal)));
            var expected = new Credits((grants * Grant.Nanocredits) - (captures * Capture.Nanocredits) - (runs * Charge.Nanocredits));

            using var balance = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/api/v1/wallets/{wallet.Key}/balance", UriKind.Relative), Cancellation));
            balance.RootElement.GetProperty("balance").GetString().ShouldBe(expected.ToString());
            balance.RootElement.GetProperty("held").GetString().ShouldBe("0");
        }
    }

    /// <summary>Every event again: each is known, none is new.</summary>
    private static async Task CheckUsageAsync(Uri server, IEnumerable<StubbornClient> clients)
    {
        using var http = Client(server);
        foreach (var ask in clients.SelectMany(client => client.Done).Where(ask => ask.Path == "/api/v1/usage"))
        {
            using var content = new StringContent(ask.Body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(ask.Path, UriKind.Relative), content, Cancellation);
            using var counts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            counts.RootElement.GetProperty("duplicates").GetInt32().ShouldBe(2, ask.Body);
        }
    }

    private Task CheckStoreAsync(IReadOnlyList<StubbornClient> clients) => LookAsync(async (spending, upkeep) =>
    {
        var events = 2 * clients.Sum(client => client.Count(ask => ask.Path == "/api/v1/usage"));
        var spend = await spending.SpendAsync(new() { Zone = TimeZoneInfo.Utc, ByDay = false }, Cancellation);
        spend.Sum(row => row.Calls).ShouldBe(events);

        var verdict = await new VerifyLedger(upkeep).VerifyAsync("local", Cancellation);
        verdict.Broken.ShouldBeNull(string.Create(CultureInfo.InvariantCulture, $"{verdict}"));
    });

    private static HttpClient Client(Uri server)
    {
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Add("x-admin-key", ServerProcess.AdminKey);
        return http;
    }
}
