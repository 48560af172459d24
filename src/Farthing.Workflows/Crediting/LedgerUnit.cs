using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Workflows.Access;

namespace Farthing.Workflows.Crediting;

/// <summary>An answer that was given before, with what was asked.</summary>
/// <param name="Fingerprint">What was asked.</param>
/// <param name="Answer">What was answered.</param>
public sealed record KeptAnswer(string Fingerprint, StoredAnswer Answer);

/// <summary>A transaction that was posted earlier, with what was undone of it since.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Undone">How much of it was reversed.</param>
public sealed record PostedTransaction(Transaction Transaction, Credits Undone);

/// <summary>
/// A unit of work: what a store has locked and loaded, and what requests have made of it. All requests of a unit see each
/// other's effects in their order; the store writes them together or not at all.
/// </summary>
/// <param name="clock">The database's clock, so that several servers agree about what has expired.</param>
public sealed class LedgerUnit(DateTimeOffset clock)
{
    private readonly Dictionary<LedgerKey, WalletBook> books = [];
    private readonly Dictionary<LedgerKey, Hold> holds = [];
    private readonly Dictionary<LedgerKey, Run> runs = [];
    private readonly HashSet<LedgerKey> newRuns = [];
    private readonly HashSet<LedgerKey> changedRuns = [];
    private readonly Dictionary<LedgerKey, PostedTransaction> posted = [];
    private readonly Dictionary<string, ChainHead> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Org, string Principal, string Key), KeptAnswer> answers = [];
    private readonly List<(string Org, IdempotencyKey Name, StoredAnswer Answer)> given = [];
    private readonly List<SealedTransaction> sealedTransactions = [];
    private readonly Dictionary<string, PeriodBook> periods = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Org, AccountingMonth Month), LedgerPeriod> changedPeriods = [];
    private readonly List<PeriodClose> periodCloses = [];
    private readonly List<AuditEntry> audited = [];
    private readonly HashSet<(string Org, long After)> backdated = [];
    private int noted;

    /// <summary>What becomes of wallets, grants and holds.</summary>
    public LedgerChanges Changes { get; } = new();

    /// <summary>The new transactions with their places in the chains; there after <see cref="Seal"/>.</summary>
    public IReadOnlyList<SealedTransaction> Sealed => sealedTransactions;

    /// <summary>The heads of the chains; after <see cref="Seal"/> the new ones.</summary>
    public IReadOnlyDictionary<string, ChainHead> Heads => heads;

    /// <summary>The heads of the chains as they were loaded; there after <see cref="Seal"/>.</summary>
    public IReadOnlyDictionary<string, ChainHead> HeadsBefore { get; private set; } = new Dictionary<string, ChainHead>();

    /// <summary>The books of the wallets.</summary>
    public IReadOnlyDictionary<LedgerKey, WalletBook> Books => books;

    /// <summary>Runs that were not there before.</summary>
    public IEnumerable<Run> NewRuns => newRuns.Select(key => runs[key]);

    /// <summary>Runs that were there before and changed.</summary>
    public IEnumerable<Run> ChangedRuns => changedRuns.Where(key => !newRuns.Contains(key)).Select(key => runs[key]);

    /// <summary>Answers to be stored beside the effects.</summary>
    public IReadOnlyList<(string Org, IdempotencyKey Name, StoredAnswer Answer)> Given => given;

    /// <summary>Lines of the audit, to be written with the changes that they tell of.</summary>
    public IReadOnlyList<AuditEntry> Audited => audited;

    /// <summary>What the books of months said that are closed now.</summary>
    public IReadOnlyList<PeriodClose> PeriodCloses => periodCloses;

    /// <summary>Months that took a step, as they are at the end.</summary>
    public IReadOnlyCollection<LedgerPeriod> ChangedPeriods => changedPeriods.Values;

    /// <summary>The database's clock in the resolution of the ledger: by it grants and holds begin and end.</summary>
    public DateTimeOffset Clock { get; } = LedgerChain.InstantOf(LedgerChain.MicrosecondsOf(clock));

    /// <summary>The time of a booking in an organisation's ledger: the database's clock, but never before the last transaction.</summary>
    public DateTimeOffset Now(string org) => heads.TryGetValue(org, out var head) && head.BookedAt > Clock ? head.BookedAt : Clock;

    /// <summary>Why something is posted now.</summary>
    public Cause CauseOf(string org, string key, string kind, string source, string externalId) =>
        new(key, kind, source, externalId, Now(org)) { Clock = Clock };

    /// <summary>Takes in a wallet that was loaded.</summary>
    public void Load(Wallet wallet, IEnumerable<GrantBalance> grants, AccountCounters receivable, AccountCounters uncollected) =>
        books[wallet.Key] = new(wallet, grants, receivable, uncollected, Changes);

    /// <summary>Takes in a book as another unit left it.</summary>
    public void Load(WalletBook book) => books[book.Wallet.Key] = book.Reopen(Changes);

    /// <summary>Takes in the months of an organisation as another unit left them.</summary>
    public void Load(string org, PeriodBook months) => periods[org] = months;

    /// <summary>Takes in a hold that was loaded.</summary>
    public void Load(Hold hold) => holds[hold.Key] = hold;

    /// <summary>Takes in a run that was loaded.</summary>
    public void Load(Run run) => runs[run.Key] = run;

    /// <summary>Takes in a transaction that was loaded.</summary>
    public void Load(PostedTransaction transaction) => posted[new(transaction.Transaction.Org, transaction.Transaction.Id)] = transaction;

    /// <summary>Takes in the head of a chain, which is locked.</summary>
    public void Load(string org, in ChainHead head) => heads[org] = head;

    /// <summary>Takes in an answer that was given before.</summary>
    public void Load(string org, string principal, string key, KeptAnswer answer) => answers[(org, principal, key)] = answer;

    /// <summary>Takes in a month that was closed, or softly.</summary>
    public void Load(LedgerPeriod period)
    {
        if (!periods.TryGetValue(period.Org, out var book))
        {
            periods[period.Org] = book = new();
        }

        book.Put(period);
    }

    /// <summary>Takes in that something was posted into an earlier month behind a place of a chain, see <see cref="LedgerKeys.Readings"/>.</summary>
    public void LoadBackdated(string org, long after) => backdated.Add((org, after));

    /// <summary>The book of a wallet; null when there is none.</summary>
    public WalletBook? FindBook(LedgerKey wallet) => books.GetValueOrDefault(wallet);

    /// <summary>The book that a grant stands in; null when there is no such grant.</summary>
    public WalletBook? FindBookOfGrant(LedgerKey grant) =>
        books.Values.FirstOrDefault(book => book.Wallet.Org == grant.Org && book.Find(grant.Id) is not null);

    /// <summary>A hold as it is now; null when there is none.</summary>
    public Hold? FindHold(LedgerKey hold) => holds.GetValueOrDefault(hold);

    /// <summary>A run as it is now; null when there is none.</summary>
    public Run? FindRun(LedgerKey run) => runs.GetValueOrDefault(run);

    /// <summary>The runs of a plan in the order of their attempts.</summary>
    public IReadOnlyList<Run> RunsOf(LedgerKey plan) =>
        [.. runs.Values.Where(run => run.Org == plan.Org && run.Plan == plan.Id).OrderBy(run => run.Attempt)];

    /// <summary>A transaction by its id; null when there is none.</summary>
    public PostedTransaction? FindTransaction(LedgerKey transaction) => posted.GetValueOrDefault(transaction);

    /// <summary>What was charged for a run, in the order of booking; see <see cref="LedgerKeys.Charges"/>.</summary>
    public IReadOnlyList<PostedTransaction> ChargesOf(LedgerKey run) =>
    [
        .. posted.Values
            .Where(charge => charge.Transaction.Org == run.Org && charge.Transaction.Run == run.Id && charge.Transaction.Reverses.Length == 0)
            .OrderBy(charge => charge.Transaction.BookedAt),
    ];

    /// <summary>An answer given before under a key; null when there is none.</summary>
    public KeptAnswer? FindAnswer(string org, IdempotencyKey name) => answers.GetValueOrDefault((org, name.Principal, name.Key));

    /// <summary>A month as it is now; a new one when it was never closed.</summary>
    public LedgerPeriod PeriodOf(string org, AccountingMonth month) =>
        (periods.TryGetValue(org, out var book) ? book.Find(month) : null) ?? new(org, month);

    /// <summary>The months of an organisation; null when none was ever closed.</summary>
    public PeriodBook? FindMonths(string org) => periods.GetValueOrDefault(org);

    /// <summary>Who may post into a month.</summary>
    public PeriodState StateOf(string org, AccountingMonth month) => periods.TryGetValue(org, out var book) ? book.StateOf(month) : PeriodState.Open;

    /// <summary>The last month that is closed; null when none is.</summary>
    public AccountingMonth? ClosedThrough(string org) => periods.TryGetValue(org, out var book) ? book.ClosedThrough : null;

    /// <summary>Whether something was posted into an earlier month behind a place of a chain, in this unit too.</summary>
    public bool IsBackdated(string org, long after) =>
        backdated.Contains((org, after)) || Changes.Transactions.Any(transaction => transaction.Org == org && transaction.Period is not null);

    /// <summary>The kind of a charge for a service of some time: late when that month takes no usage any more.</summary>
    public string KindOfCharge(string kind, string org, DateTimeOffset serviceAt) =>
        StateOf(org, AccountingMonth.Of(serviceAt)) == PeriodState.Open ? kind : TransactionKind.LateUsage;

    /// <summary>The month that a charge for a service of some time belongs to: that of the service while it is open; null for the present one.</summary>
    public AccountingMonth? PeriodOfCharge(string org, DateTimeOffset serviceAt)
    {
        var month = AccountingMonth.Of(serviceAt);
        return month < AccountingMonth.Of(Now(org)) && StateOf(org, month) == PeriodState.Open ? month : null;
    }

    /// <summary>Why somebody must not post into the month that they name; null when they may.</summary>
    public Problem? RefusePeriod(string org, Posting posting)
    {
        var present = AccountingMonth.Of(Now(org));
        return posting.Period is not { } month || month == present ? null : (month > present, StateOf(org, month)) switch
        {
            (true, _) => new(ProblemKind.Conflict, "period_not_begun", $"The month {month} has not begun; name an earlier one, or none for the present one.", "period"),
            (_, PeriodState.Closed) => new(
                ProblemKind.Conflict, "period_closed", $"The month {month} is closed; leave 'period' out to book in the present one, or have it opened again.", "period"),
            (_, PeriodState.SoftClosed) when !posting.IsFinance => new(
                ProblemKind.Conflict, "period_soft_closed", $"Only finance still posts into {month}; leave 'period' out to book in the present one.", "period"),
            _ => null,
        };
    }

    /// <summary>The month as a transaction keeps it: null for the present one.</summary>
    public AccountingMonth? PeriodOf(string org, Posting posting) => posting.Period < AccountingMonth.Of(Now(org)) ? posting.Period : null;

    /// <summary>Opens a new wallet.</summary>
    public WalletBook Open(Wallet wallet)
    {
        Changes.Put(wallet, isNew: true);
        return books[wallet.Key] = new(wallet, [], default, default, Changes);
    }

    /// <summary>Notes a hold as it is now, for the requests behind this one.</summary>
    public Hold Keep(Hold hold) => holds[hold.Key] = hold;

    /// <summary>Adds a run, or changes one.</summary>
    public Run Keep(Run run)
    {
        _ = runs.ContainsKey(run.Key) ? changedRuns.Add(run.Key) : newRuns.Add(run.Key);
        return runs[run.Key] = run;
    }

    /// <summary>Stores an answer beside its effect.</summary>
    public void Keep(string org, IdempotencyKey name, StoredAnswer? answer)
    {
        if (answer is not null)
        {
            given.Add((org, name, answer));
            answers[(org, name.Principal, name.Key)] = new(name.Fingerprint, answer);
        }
    }

    /// <summary>Adds a line to the audit.</summary>
    public void Tell(AuditEntry line) => audited.Add(line);

    /// <summary>Has a month take a step, told by a marker in the chain.</summary>
    /// <param name="org">Whose month.</param>
    /// <param name="month">Which.</param>
    /// <param name="marker">The marker.</param>
    /// <param name="close">What its books said, when it is closed.</param>
    /// <returns>The month afterwards.</returns>
    public LedgerPeriod Step(string org, AccountingMonth month, Transaction marker, PeriodClose? close = null)
    {
        var changed = PeriodOf(org, month).After(marker);
        Changes.Add(marker);
        Load(changed);
        changedPeriods[(org, month)] = changed;
        if (close is not null)
        {
            periodCloses.Add(close);
        }

        return changed;
    }

    /// <summary>Gives the new transactions their places in the chains of their organisations. Once, after all requests.</summary>
    public void Seal()
    {
        HeadsBefore = new Dictionary<string, ChainHead>(heads, StringComparer.Ordinal);
        foreach (var transaction in Changes.Transactions)
        {
            var head = heads.GetValueOrDefault(transaction.Org, ChainHead.Start);
            var link = LedgerChain.Seal(head, transaction);
            sealedTransactions.Add(link);
            heads[transaction.Org] = LedgerChain.HeadAfter(link);
        }
    }

    /// <summary>Decides requests in their order and seals what they posted.</summary>
    public void Decide(IReadOnlyList<LedgerRequest> requests)
    {
        foreach (var request in requests)
        {
            request.Decide(this);
            NoteTransactions();
        }

        Seal();
    }

    /// <summary>Requests of the same unit find what those in front of them posted.</summary>
    private void NoteTransactions()
    {
        for (var index = noted; index < Changes.Transactions.Count; index++)
        {
            var transaction = Changes.Transactions[index];
            posted[new(transaction.Org, transaction.Id)] = new(transaction, Credits.Zero);
            if (transaction.Reverses.Length > 0 && posted.TryGetValue(new(transaction.Org, transaction.Reverses), out var original))
            {
                Load(original with { Undone = original.Undone + transaction.Amount });
            }
        }

        noted = Changes.Transactions.Count;
    }
}
