using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>What is to change about a wallet; what is left out stays.</summary>
internal sealed record ChangeWalletBody
{
    public string? Name { get; init; }

    /// <summary>The policy and the limit; both are replaced.</summary>
    public OverdraftBody? Overdraft { get; init; }

    public string? State { get; init; }

    /// <summary>The change, or what is wrong.</summary>
    public Result<Func<Wallet, Wallet>> Read(TimeProvider time)
    {
        var fields = new BodyFields(time);
        var name = fields.Text("name", Name);
        var overdraft = Overdraft?.Read(fields);
        var state = fields.Word("state", State, WalletState.Active, WalletWords.States);
        return fields.Problem is { } problem ? problem : (Func<Wallet, Wallet>)Change;

        Wallet Change(Wallet wallet) => wallet with
        {
            Name = Name is null ? wallet.Name : name,
            Overdraft = overdraft?.Policy ?? wallet.Overdraft,
            OverdraftLimit = overdraft is { } changed ? changed.Limit : wallet.OverdraftLimit,
            State = State is null ? wallet.State : state,
        };
    }
}

/// <summary>PATCH /wallets/{id}.</summary>
internal static class ChangeWallets
{
    /// <summary>Changes a wallet.</summary>
    public static async Task<IResult> HandleAsync(
        string id, ChangeWalletBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = body.Read(time);
        if (change.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        return BodyFields.CanBeId(id)
            ? await door.ChangeAsync(
                http, body, new ChangeWallet { Org = caller.Org, Actor = caller.Actor, Wallet = id, Change = change.Value }, WalletAnswer.Of, cancellationToken)
            : Problem.NotFound("wallet").ToHttp();
    }
}
