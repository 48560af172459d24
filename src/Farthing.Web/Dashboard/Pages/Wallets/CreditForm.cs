using System.Globalization;
using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Domain.Usage;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Wallets;

/// <summary>
/// What somebody wrote into a form that moves credits, right or wrong. Its id is made with the page, so a form that is sent
/// twice moves them once.
/// </summary>
public sealed record CreditForm : PageForm
{
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

    /// <summary>What a correction was said to leave when it was confirmed.</summary>
    public string Left { get; init; } = string.Empty;

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
        Left = fields["left"],
    };

    /// <summary>Reads what an address says of a correction.</summary>
    internal static CreditForm Read(IQueryCollection query) => new() { Id = query["id"].ToString(), Amount = query["amount"].ToString(), Reason = query["reason"].ToString() };

    /// <summary>A correction as the part of an address that <see cref="Read(IQueryCollection)"/> reads.</summary>
    public string Query => QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["id"] = Id, ["amount"] = Amount, ["reason"] = Reason }).ToString();

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

    /// <summary>
    /// Whether what is done is what was confirmed. Where something else moved the balance meanwhile, only a correction that leaves
    /// less than nothing is asked about again.
    /// </summary>
    internal bool IsConfirmed(Credits left) => Left == left.ToString() || (Left.Length > 0 && left >= Credits.Zero);

    /// <summary>The correction that is asked for, or what is wrong.</summary>
    internal Result<AdjustWallet> ToAdjustment(Caller caller, string wallet, TimeProvider time)
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
        return fields.Problem is { } problem ? problem : request;
    }

    private static void RefuseDoubt(BodyFields fields, string field, string text)
    {
        if (WrittenNumber.Doubt(text) is { } doubt)
        {
            fields.Refuse(field, doubt);
        }
    }
}
