using System.Text.Json;
using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;
using static Farthing.Storage.Tests.Contract.Ledger.LedgerUnderTest;
using AuditEntry = Farthing.Workflows.Access.AuditEntry;
using AuditQuery = Farthing.Workflows.Access.AuditQuery;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>Whoever changes a wallet or a grant is told in the audit, in the transaction of the change.</summary>
public abstract class LedgerAuditContract
{
    [Fact]
    public async Task Every_change_of_a_wallet_or_grant_leaves_one_line()
    {
        await using var ledger = Create();
        var begin = ledger.Time.Now;
        await ledger.OpenAsync();
        await LaterAsync(ledger, Sent(Change(wallet => wallet with { Name = "New", State = WalletState.Frozen })));
        await LaterAsync(ledger, Sent(Change(wallet => wallet with { State = WalletState.Active, Overdraft = OverdraftPolicy.AllowToLimit, OverdraftLimit = Of(3) })));
        await LaterAsync(ledger, ledger.Give("g1", Of(10)));
        await LaterAsync(ledger, new RefundGrant { Org = Org, Grant = "g1", Id = "r1", Amount = Of(4), Actor = "me" });
        var charge = await ChargeAsync(ledger);
        await LaterAsync(ledger, new ReverseTransaction { Org = Org, Id = "v1", Transaction = charge, Reason = "test", Actor = "me" });
        await LaterAsync(ledger, new VoidGrant { Org = Org, Grant = "g1", Actor = "me" });
        await LaterAsync(ledger, new AdjustWallet { Org = Org, Id = "a1", Wallet = Main, Amount = Of(1), Reason = "test", Actor = "me" });

        var lines = await LinesAsync(ledger);

        lines.Select(line => $"{line.Action} {line.ObjectId}").ShouldBe(
        [
            "wallet.opened w1", "wallet.changed w1", "wallet.changed w1", "grant.given g1", "grant.refunded g1", $"transaction.reversed {charge}", "grant.voided g1",
            "wallet.adjusted w1",
        ]);
        lines.Select(line => line.Before.Length > 0).ShouldBe([false, true, true, false, true, true, true, true]);
        lines[0].Stamp.Actor.ShouldBe("system"); // Nobody is named.
        (lines[1].Stamp.Actor, lines[1].Stamp.RequestId, lines[1].Stamp.At).ShouldBe(("me", "request-7", begin.AddSeconds(1)));
        (Told(lines[1].Before, "state"), Told(lines[1].After, "state"), Told(lines[1].After, "name")).ShouldBe(("Active", "Frozen", "New"));
        (Told(lines[2].Before, "overdraft_limit"), Told(lines[2].After, "overdraft_limit")).ShouldBe((null, "3"));
        (Told(lines[4].Before, "left"), Told(lines[4].After, "left")).ShouldBe(("10", "6"));
        (Told(lines[5].Before, "balance"), Told(lines[5].After, "balance")).ShouldBe(("5", "6"));
        (Told(lines[6].Before, "voided_at"), Told(lines[6].After, "left")).ShouldBe((null, "0"));
        (Told(lines[7].Before, "balance"), Told(lines[7].After, "balance")).ShouldBe(("0", "1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_grant_without_anything_free_is_taken_back_with_a_line_too(bool isHeld)
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.AskAsync(Reserve("h1", Of(10)));
        if (!isHeld)
        {
            await ledger.AskAsync(Capture("h1", Of(10)));
        }

        await LaterAsync(ledger, new VoidGrant { Org = Org, Grant = "g1", Actor = "me" });

        var line = (await LinesAsync(ledger)).Last();
        (line.Action, line.ObjectId, line.Stamp.Actor).ShouldBe(("grant.voided", "g1", "me"));
        (Told(line.Before, "held"), Told(line.After, "held"), Told(line.Before, "voided_at")).ShouldBe((isHeld ? "10" : "0", isHeld ? "10" : "0", null));
        Told(line.After, "voided_at").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_repeated_refused_or_no_change_leaves_none_and_neither_do_runs()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        var before = (await LinesAsync(ledger)).Count;

        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.AskAsync(Change(wallet => wallet with { Name = wallet.Name }));
        await ledger.RefusalAsync(new RefundGrant { Org = Org, Grant = "g1", Id = "r1", Amount = Of(11) });
        await ledger.AskAsync(Start("r1", takeFree: true));
        await ledger.AskAsync(Complete("r1", cents: 1, Farthing.Domain.Billing.RunState.Failed));

        (await LinesAsync(ledger)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_change_without_its_line_is_not_made()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        await ledger.AskAsync(ledger.Give("g1", Of(10)));
        await ledger.ExecuteAsync("ALTER TABLE audit RENAME TO hidden");

        await Should.ThrowAsync<Exception>(() => ledger.AskAsync(Change(wallet => wallet with { State = WalletState.Frozen })));
        await Should.ThrowAsync<Exception>(() => ledger.AskAsync(new VoidGrant { Org = Org, Grant = "g1" }));

        await ledger.ExecuteAsync("ALTER TABLE hidden RENAME TO audit");
        var balance = await ledger.BalanceAsync();
        (balance.Wallet.State, balance.Balance).ShouldBe((WalletState.Active, Of(10)));
    }

    [Fact]
    public async Task The_audit_is_told_by_object_action_actor_and_time_page_by_page()
    {
        await using var ledger = Create();
        await ledger.OpenAsync();
        var begin = ledger.Time.Now;
        for (var number = 0; number < 5; number++)
        {
            ledger.Time.Move(TimeSpan.FromMinutes(1));
            var name = $"name {number}";
            await ledger.AskAsync(new ChangeWallet { Org = Org, Wallet = Main, Actor = $"key:{number % 2}", Change = wallet => wallet with { Name = name } });
        }

        async Task<int> CountAsync(AuditQuery query) => (await ledger.Audit.ReadAsync(query, Cancellation)).Count;
        var all = new AuditQuery { Org = Org };

        (await CountAsync(all with { ObjectId = Main })).ShouldBe(6);
        (await CountAsync(all with { ObjectId = "w2" })).ShouldBe(0);
        (await CountAsync(all with { Action = "wallet.changed" })).ShouldBe(5);
        (await CountAsync(all with { Actor = "key:1" })).ShouldBe(2);
        (await CountAsync(all with { From = begin.AddMinutes(2), To = begin.AddMinutes(4) })).ShouldBe(2);
        (await CountAsync(all with { Org = "other" })).ShouldBe(0);
        var first = await ledger.Audit.ReadAsync(all with { Limit = 4 }, Cancellation);
        var second = await ledger.Audit.ReadAsync(all with { Limit = 4, After = first[^1].Id }, Cancellation);
        first.Concat(second).Select(line => line.Id).ShouldBe((await LinesAsync(ledger)).Select(line => line.Id).Reverse());
    }

    protected abstract LedgerUnderTest Create();

    private static ChangeWallet Change(Func<Wallet, Wallet> change) => new() { Org = Org, Wallet = Main, Actor = "me", Change = change };

    private static ChangeWallet Sent(ChangeWallet change)
    {
        change.RequestId = "request-7";
        return change;
    }

    /// <summary>A second later, because lines of one moment have no order.</summary>
    private static Task<T> LaterAsync<T>(LedgerUnderTest ledger, LedgerRequest<T> request)
    {
        ledger.Time.Move(TimeSpan.FromSeconds(1));
        return ledger.AskAsync(request);
    }

    private static async Task<string> ChargeAsync(LedgerUnderTest ledger)
    {
        await ledger.AskAsync(Reserve("h1", Of(1)));
        await ledger.AskAsync(Capture("h1", Of(1)));
        return (await ledger.ChainAsync())[^1].Transaction.Id;
    }

    private static async Task<List<AuditEntry>> LinesAsync(LedgerUnderTest ledger) =>
        [.. (await ledger.Audit.ReadAsync(new() { Org = Org }, Cancellation)).Reverse()];

    private static string? Told(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString();
    }
}
