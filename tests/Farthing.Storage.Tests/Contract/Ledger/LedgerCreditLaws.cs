using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Testing.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Storage.Tests.Contract.Ledger;

/// <summary>What becomes of credit: P8 to P10 and P16; the other properties stand in <see cref="LedgerLaws"/>.</summary>
public abstract class LedgerCreditLaws : LedgerLawBook
{
    [Fact]
    public Task P8_the_parts_of_a_reversal_undo_a_charge_to_the_last_account() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Reverse), async (world, steps) =>
    {
        const string wallet = "w8";
        await ApplyAsync(new OpenWallet { Org = world.Org, Wallet = new() { Org = world.Org, Id = wallet, Owner = new("user", wallet), OverdraftLimit = new(1), CreatedAt = default } });
        foreach (var (step, index) in steps.Where(step => step.Verb == LedgerVerb.Give && step.Amount > 0).Select((step, index) => (step, index)))
        {
            var grant = new Grant { Org = world.Org, Id = $"b{index}", Wallet = wallet, Category = step.Category, Amount = Of(step.Amount), Priority = step.Priority, EffectiveAt = default, CreatedAt = default };
            await ApplyAsync(new GiveCredit { Org = world.Org, Grant = grant, FromNow = true });
        }

        var before = await SumsAsync(world.Org);
        var charge = new CostlyRun(world.Org, wallet, new(3 * Credits.NanocreditsPerCredit + 1));
        await ApplyAsync([.. charge.Requests]);
        foreach (var (step, index) in steps.Where(step => step.Verb == LedgerVerb.Reverse).Select((step, index) => (step, index)))
        {
            await ApplyAsync(charge.Reverse($"part{index}", Of(step.Amount)));
        }

        await ApplyAsync(charge.Reverse("rest", null));
        var more = charge.Reverse("more", new(1));
        await ApplyAsync(more);
        var after = await SumsAsync(world.Org);
        var wrong = after.Where(account => before.GetValueOrDefault(account.Key) != account.Value).Select(account => $"{account.Key} has {account.Value} instead of {before.GetValueOrDefault(account.Key)}");
        return more.Result.Problem is null ? "more than everything was undone" : wrong.FirstOrDefault();
    });

    [Fact]
    public Task P9_no_grant_is_passed_over_that_burns_earlier() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Give, LedgerVerb.Reserve, LedgerVerb.Capture), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
            var query = new LedgerQuery { Org = world.Org, Limit = 100 };
            if (step.Verb != LedgerVerb.Reserve || (await Ledger.Queries.HoldsAsync(query with { Id = step.Hold }, LedgerWorld.Cancellation)) is not [{ State: HoldState.Open } hold])
            {
                continue;
            }

            var order = (await Ledger.Queries.GrantsAsync(query with { Wallet = hold.Wallet }, LedgerWorld.Cancellation))
                .Where(balance => balance.Grant.EffectiveAt <= world.Now && balance.Grant.Applicability.Covers(hold.Use))
                .OrderBy(balance => (balance.Grant.Priority, balance.Grant.ExpiresAt ?? DateTimeOffset.MaxValue, balance.Grant.Category == GrantCategory.Paid, balance.Grant.EffectiveAt, balance.Grant.CreatedAt))
                .ThenBy(balance => balance.Grant.Id, StringComparer.Ordinal)
                .ToList();
            var last = order.FindLastIndex(balance => hold.Lines.Any(line => line.Grant == balance.Grant.Id));
            if (hold.CreatedAt == world.Now && order.Take(last).Any(balance => balance.Counters.Free > Credits.Zero && hold.Lines.Count > 0 && IsFresh(steps, step)))
            {
                return $"{step} passed over a grant that burns earlier";
            }
        }

        return null;

        // A repetition of a known hold says nothing about today's grants.
        static bool IsFresh(LedgerStep[] steps, LedgerStep step) =>
            steps.TakeWhile(other => !ReferenceEquals(other, step)).All(other => other.Verb != LedgerVerb.Reserve || other.Hold != step.Hold);
    });

    [Fact]
    public Task P9_a_capture_takes_what_was_held_in_its_order() => HoldAsync(LedgerSteps.Only(LedgerVerb.Give, LedgerVerb.Reserve, LedgerVerb.Capture, LedgerVerb.Tick), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var query = new LedgerQuery { Org = world.Org, Limit = 1_000 };
        var captures = (await Ledger.Queries.TransactionsAsync(query with { Kind = TransactionKind.Capture }, LedgerWorld.Cancellation)).Select(link => link.Transaction).ToList();
        foreach (var hold in (await Ledger.Queries.HoldsAsync(query, LedgerWorld.Cancellation)).Where(hold => hold.State == HoldState.Captured))
        {
            var left = hold.Captured;
            var expected = new List<Entry>();
            foreach (var line in hold.Lines)
            {
                var share = line.Amount < left ? line.Amount : left;
                left -= share;
                expected.AddRange(share > Credits.Zero ? [new(Chart.Grant(line.Grant), EntrySide.Debit, share)] : Array.Empty<Entry>());
            }

            if (!captures.Single(capture => capture.ExternalId == hold.Id).Entries.Take(expected.Count).SequenceEqual(expected))
            {
                return $"{hold.Id} was not paid as it was held";
            }
        }

        return null;
    });

    [Fact]
    public Task P10_what_is_over_is_gone_after_the_sweep_and_a_hold_shields() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var before = (await Ledger.Queries.HoldsAsync(new() { Org = world.Org, State = HoldState.Forwarded, Limit = 100 }, LedgerWorld.Cancellation)).Count;
        Ledger.Time.Move(TimeSpan.FromDays(3));
        await world.SweepAsync();
        var after = (await Ledger.Queries.HoldsAsync(new() { Org = world.Org, State = HoldState.Unsettled, Limit = 100 }, LedgerWorld.Cancellation)).Count;
        var violations = (await LedgerProof.CheckSweptAsync(Ledger.Queries, world.Org, world.Now, LedgerWorld.Cancellation)).Concat(await world.ProveAsync());
        return after < before ? "a hold that was sent did not stay" : violations.FirstOrDefault();
    });

    [Fact]
    public Task P10_breakage_is_what_was_left() => HoldAsync(LedgerSteps.Any(LedgerVerb.Tick), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var query = new LedgerQuery { Org = world.Org, Limit = 1_000 };
        var before = await GrantsAsync(query);
        var booked = (await Ledger.Upkeep.CountersAsync(world.Org, LedgerWorld.Cancellation)).Head.Sequence;
        Ledger.Time.Move(TimeSpan.FromDays(3));
        await world.SweepAsync();
        var swept = (await Ledger.ChainAsync(world.Org)).Where(link => link.Sequence > booked).Select(link => link.Transaction).ToList();
        foreach (var over in (await GrantsAsync(query)).Values.Where(balance => balance.Grant.IsOver(world.Now) && balance.Grant.VoidedAt is null))
        {
            var account = over.Grant.Account.Id;
            var expiries = swept.FindAll(transaction => transaction.Entries.Any(entry => entry.Account == account)).ConvertAll(transaction =>
                (transaction.Kind, Taken: transaction.Entries.Where(entry => entry.Account == account).Aggregate(Credits.Zero, (sum, entry) => sum + entry.Amount), To: transaction.Entries[^1].Account));
            var gone = expiries.Aggregate(Credits.Zero, (sum, expiry) => sum + expiry.Taken);
            if (gone + over.Counters.Held != before[over.Grant.Id].Counters.Posted)
            {
                return $"{gone} of {over.Grant.Id} left, {before[over.Grant.Id].Counters.Posted} was there and {over.Counters.Held} is held";
            }

            if (expiries.Exists(expiry => expiry.Kind == TransactionKind.Expiry && expiry.To != over.Grant.LeftoverAccount))
            {
                return $"what was left of {over.Grant.Id} went elsewhere than to {over.Grant.LeftoverAccount}";
            }
        }

        return null;
    });

    [Fact]
    public Task P16_what_is_kept_besides_the_entries_can_be_taken_away_and_made_again() => HoldAsync(LedgerSteps.Any(), async (world, steps) =>
    {
        foreach (var step in steps)
        {
            await world.DoAsync(step);
        }

        var before = await world.DumpAsync(world.Org);
        var chain = await Ledger.ChainAsync(world.Org);
        var counters = await Ledger.Upkeep.CountersAsync(world.Org, LedgerWorld.Cancellation);
        var folded = LedgerProof.Fold(chain, counters.OpenHolds);
        if (Ledger.HasDatabase)
        {
            await Ledger.ExecuteAsync(TakeAway(world.Org));
            await Ledger.ExecuteAsync(MakeAgain(world.Org, LedgerChain.MicrosecondsOf(world.Now), folded));
        }

        if (before != await world.DumpAsync(world.Org) || counters.Accounts.Any(account => account.Value.Counters != folded.GetValueOrDefault(account.Key)))
        {
            return "answers changed";
        }

        Ledger.Time.Move(TimeSpan.FromDays(3));
        await world.SweepAsync();
        return await LedgerProof.CheckSweptAsync(Ledger.Queries, world.Org, world.Now, LedgerWorld.Cancellation) is [var violation, ..] ? violation : null;
    });

    /// <summary>Takes away all counters, the head of the chain and what is due.</summary>
    private static string TakeAway(string org) =>
        $"""
        UPDATE accounts SET debits_posted = 0, credits_posted = 0, debits_pending = 0, credits_pending = 0 WHERE org = '{org}';
        UPDATE grants SET due_at = NULL WHERE org = '{org}';
        DELETE FROM chains WHERE org = '{org}'
        """;

    /// <summary>Makes them again from transactions, entries, holds and the clock.</summary>
    private static string MakeAgain(string org, long now, IReadOnlyDictionary<string, AccountCounters> folded) => string.Join(
        ";\n",
        folded.Select(account =>
            $"UPDATE accounts SET debits_posted = {account.Value.DebitsPosted}, credits_posted = {account.Value.CreditsPosted}, debits_pending = {account.Value.DebitsPending} WHERE org = '{org}' AND name = '{account.Key}'")
            .Append($"INSERT INTO chains (org, seq, hash, booked_at) SELECT org, seq, hash, booked_at FROM transactions WHERE org = '{org}' ORDER BY seq DESC LIMIT 1")
            .Append($"UPDATE grants SET due_at = CASE WHEN effective_at > {now} THEN effective_at ELSE expires_at END WHERE org = '{org}' AND voided_at IS NULL"));

    private async Task<Dictionary<string, GrantBalance>> GrantsAsync(LedgerQuery query) =>
        (await Ledger.Queries.GrantsAsync(query, LedgerWorld.Cancellation)).ToDictionary(balance => balance.Grant.Id, StringComparer.Ordinal);

    private Task ApplyAsync(params LedgerRequest[] requests) => Ledger.Store.ApplyAsync(requests, LedgerWorld.Cancellation);

    /// <summary>What every account stands at: nothing where nothing is left.</summary>
    private async Task<Dictionary<string, Credits>> SumsAsync(string org) => (await Ledger.Upkeep.CountersAsync(org, LedgerWorld.Cancellation)).Accounts
        .ToDictionary(account => account.Key, account => account.Value.Counters.Posted, StringComparer.Ordinal);

    private static Credits Of(decimal credits) => new((long)(credits * Credits.NanocreditsPerCredit));

    /// <summary>A run that costs an amount, and what undoes it.</summary>
    private sealed record CostlyRun(string Org, string Wallet, Credits Cost)
    {
        private static readonly RunPrices Prices = RunPrices.Default with { CreditsToStart = new(long.MinValue / 4) };

        public IEnumerable<LedgerRequest> Requests =>
        [
            new Workflows.Billing.StartRun { Org = Org, Id = "run8", Plan = "plan8", Wallet = Wallet, Prices = Prices },
            new Workflows.Billing.CompleteRun { Org = Org, Run = "run8", Outcome = RunState.Failed, Total = new((Int128)Cost.Nanocredits * 1_000), Prices = Prices },
        ];

        public ReverseTransaction Reverse(string id, Credits? amount) =>
            new() { Org = Org, Id = id, Transaction = Transaction.IdOf(Org, "usage_billing/plan8/1"), Amount = amount, Reason = "test" };
    }
}
