using Farthing.Domain.Ledger;
using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>What becomes of usage that costs more than a wallet holds.</summary>
/// <param name="Policy"><c>deny</c>: the wallet never owes; <c>allow_to_limit</c>: it may, which is usual.</param>
/// <param name="Limit">What it may owe; left out for no limit. Counts only with <c>allow_to_limit</c>.</param>
internal sealed record OverdraftBody(string Policy, NumberText? Limit = null)
{
    /// <summary>Reads it.</summary>
    public (OverdraftPolicy Policy, Credits? Limit) Read(BodyFields fields)
    {
        var policy = fields.Word("overdraft.policy", Policy, OverdraftPolicy.AllowToLimit, WalletWords.Policies);
        return (policy, Limit is null ? null : fields.AmountOrZero("overdraft.limit", Limit));
    }
}

/// <summary>A wallet to open.</summary>
internal sealed record OpenWalletBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public required OwnerBody Owner { get; init; }

    public OverdraftBody? Overdraft { get; init; }

    /// <summary>The wallet, or what is wrong.</summary>
    public Result<Wallet> Read(string org, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var kind = fields.Word("owner.kind", Owner.Kind, VisibleWallets.UserKind, WalletWords.Kinds);

        // Of a kind that is none nobody knows whether it needs an owner.
        var owner = kind == VisibleWallets.OrgKind || fields.Problem is not null ? fields.Text("owner.id", Owner.Id) : fields.NeededText("owner.id", Owner.Id);
        if (kind == VisibleWallets.OrgKind && owner.Length > 0)
        {
            fields.Refuse("owner.id", "The organisation's wallet has no owner id; leave it out.");
        }

        var (policy, limit) = Overdraft?.Read(fields) ?? (OverdraftPolicy.AllowToLimit, null);
        var wallet = new Wallet
        {
            Org = org,
            Id = fields.Id("id", Id),
            Name = fields.Text("name", Name),
            Owner = new(kind, owner),
            Overdraft = policy,
            OverdraftLimit = limit,
            CreatedAt = time.GetUtcNow(),
        };
        return fields.Problem is { } problem ? problem : wallet;
    }
}

/// <summary>POST /wallets.</summary>
internal static class OpenWallets
{
    /// <summary>Opens a wallet.</summary>
    public static async Task<IResult> HandleAsync(
        OpenWalletBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var wallet = body.Read(caller.Org, time);
        return wallet.Problem is { } problem
            ? problem.ToHttp()
            : await door.CreateAsync(http, body, new OpenWallet { Org = caller.Org, Actor = caller.Actor, Wallet = wallet.Value }, WalletAnswer.Of, cancellationToken);
    }
}
