using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>A correction by hand.</summary>
internal sealed record AdjustWalletBody
{
    public string? Id { get; init; }

    /// <summary>What is given, or taken when negative.</summary>
    public required NumberText Amount { get; init; }

    /// <summary>Why; whoever reads the statement sees it.</summary>
    public required string Reason { get; init; }

    /// <summary>The month that it belongs to, where that is an earlier one: <c>2026-10</c>.</summary>
    public string? Period { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    public Result<AdjustWallet> Read(Caller caller, string wallet, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var amount = fields.Signed("amount", Amount);
        if (amount == Credits.Zero)
        {
            fields.Refuse("amount", "'amount' must not be zero.");
        }

        var request = new AdjustWallet
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Id = fields.Id("id", Id),
            Wallet = wallet,
            Amount = amount,
            Reason = fields.NeededText("reason", Reason),
            Posting = fields.Posting("period", Period, caller),
        };
        return fields.Problem is { } problem ? problem : request;
    }
}

/// <summary>POST /wallets/{id}/adjustments.</summary>
internal static class AdjustWallets
{
    /// <summary>Corrects a wallet.</summary>
    public static async Task<IResult> HandleAsync(
        string id, AdjustWalletBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = BodyFields.CanBeId(id) ? body.Read(caller, id, time) : Problem.NotFound("wallet");
        return request.Problem is { } problem ? problem.ToHttp() : await door.CreateAsync(http, body, request.Value, WalletAnswer.Of, cancellationToken);
    }
}
