using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>
/// What somebody wrote into a form that moves credits, right or wrong. Its id is made with the page, so a form that is sent
/// twice moves them once.
/// </summary>
public sealed record CreditForm : PageForm
{
    private const string BeyondBalance = "beyond_balance";

    /// <summary>The id of what is to happen.</summary>
    public required string Id { get; init; }

    /// <summary>How many credits; of a correction negative for what is taken.</summary>
    public string Amount { get; init; } = string.Empty;

    /// <summary>The word of where the grant comes from.</summary>
    public string Category { get; init; } = GrantWords.Of(GrantCategory.Paid);

    /// <summary>What one credit was paid for, in dollars; empty for nothing.</summary>
    public string CostBasis { get; init; } = string.Empty;

    /// <summary>The last day on which the grant can be used; empty for ever.</summary>
    public string LastDay { get; init; } = string.Empty;

    /// <summary>Which grants burn first.</summary>
    public string Priority { get; init; } = Grant.PriorityDefault.ToString(CultureInfo.InvariantCulture);

    /// <summary>Why, for whoever reads the statement.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The correction that somebody was asked about again and still wants; empty when nobody was asked.</summary>
    public string Sure { get; init; } = string.Empty;

    /// <summary>Whether it takes more than there is and has to be sent once more.</summary>
    public bool AsksAgain => Problem is { Code: BeyondBalance };

    /// <inheritdoc/>
    public override string? OtherProblem => Problem is { Code: "id_taken" } ? "This form was sent before, with other figures. Open a new one to give or take more." : base.OtherProblem;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Fields => ["amount", "category", "cost_basis", "expires_at", "priority", "reason"];

    /// <summary>An empty one.</summary>
    public static CreditForm New(TimeProvider time) => new() { Id = Guid.CreateVersion7(time.GetUtcNow()).ToString() };

    /// <summary>Reads what a browser sent.</summary>
    internal static CreditForm Read(FormFields fields) => new()
    {
        Id = fields["id"],
        Amount = fields["amount"],
        Category = fields["category"],
        CostBasis = fields["cost_basis"],
        LastDay = fields["expires_at"],
        Priority = fields["priority"],
        Reason = fields["reason"],
        Sure = fields["sure"],
    };

    /// <summary>The grant that is asked for, or what is wrong.</summary>
    internal Result<LedgerRequest<GrantBalance>> ToGrant(Caller caller, string wallet, TimeZoneInfo zone, TimeProvider time)
    {
        var (fields, now) = (new BodyFields(time), time.GetUtcNow());
        var lastDay = StatementFilter.DayOf(LastDay);
        DateTimeOffset? end = lastDay is { } day ? CalendarDays.StartOf(day.AddDays(1), zone) : null;
        RefuseDoubt(fields, "amount", Amount);
        RefuseDoubt(fields, "cost_basis", CostBasis);
        var isPriority = int.TryParse(Priority, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority <= Grant.PriorityMax;
        var grant = new Grant
        {
            Org = caller.Org,
            Id = fields.GivenId("id", Id),
            Wallet = wallet,
            Amount = fields.Amount("amount", new(WrittenNumber.Plain(Amount))),
            Category = fields.Word("category", Category, GrantCategory.Paid, GrantWords.Categories),
            CostBasis = fields.UsdOrZero("cost_basis", CostBasis.Length > 0 ? new(WrittenNumber.Plain(CostBasis)) : null),
            Priority = priority,
            EffectiveAt = now,
            ExpiresAt = end,
            CreatedAt = now,
        };
        if ((LastDay.Length > 0 && end is null) || end <= now)
        {
            fields.Refuse("expires_at", "Choose today or a later day, or leave it empty.");
        }

        if (!isPriority)
        {
            fields.Refuse("priority", $"The priority is a whole number from 0 to {Grant.PriorityMax}.");
        }

        var request = new GiveCredit
        {
            Org = caller.Org,
            Actor = caller.Actor,
            RequestId = caller.RequestId,
            Grant = grant,
            FromNow = true,
            Memo = fields.Text("reason", Reason),
            Posting = new(null, caller.IsFinance),
        };
        return fields.Problem is { } problem ? problem : request;
    }

    /// <summary>The correction that is asked for, or what is wrong. One that takes more than there is has to be asked for twice.</summary>
    internal Result<LedgerRequest<WalletBalance>> ToAdjustment(Caller caller, string wallet, Credits balance, TimeProvider time)
    {
        var fields = new BodyFields(time);
        RefuseDoubt(fields, "amount", Amount);
        var amount = fields.Signed("amount", new(WrittenNumber.Plain(Amount)));
        if (amount == default)
        {
            fields.Refuse("amount", "Say how many credits: more than zero gives, less than zero takes.");
        }

        var request = new AdjustWallet
        {
            Org = caller.Org,
            Actor = caller.Actor,
            RequestId = caller.RequestId,
            Id = fields.GivenId("id", Id),
            Wallet = wallet,
            Amount = amount,
            Reason = fields.NeededText("reason", Reason),
            Posting = new(null, caller.IsFinance),
        };
        return fields.Problem is { } problem ? problem
            : Sure != Amount && balance + amount < Credits.Zero ? MoreThanThereIs(balance + amount)
            : request;
    }

    private static void RefuseDoubt(BodyFields fields, string field, string text)
    {
        if (WrittenNumber.Doubt(text) is { } doubt)
        {
            fields.Refuse(field, doubt);
        }
    }

    private static Problem MoreThanThereIs(Credits left) =>
        new(ProblemKind.Invalid, BeyondBalance, $"This takes more than there is and leaves {CreditText.Exact(left)} credits. Send it again if that is meant.", "amount");
}
