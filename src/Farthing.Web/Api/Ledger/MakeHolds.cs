using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>Credit to hold.</summary>
internal sealed record MakeHoldBody
{
    public string? Id { get; init; }

    public required NumberText Amount { get; init; }

    /// <summary>How long it is held unless the call is sent; eleven minutes unless told.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>What for; only grants that may be used for it are held.</summary>
    public UseBody? Use { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    public Result<ReserveCredit> Read(Caller caller, string wallet, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var secondsMax = (int)HoldRules.LifetimeMax.TotalSeconds;
        if (TtlSeconds is < 1 || TtlSeconds > secondsMax)
        {
            fields.Refuse("ttl_seconds", $"'ttl_seconds' must be from 1 to {secondsMax}.");
        }

        var request = new ReserveCredit
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Id = fields.Id("id", Id),
            Wallet = wallet,
            Amount = fields.Amount("amount", Amount),
            Use = Use is null
                ? CreditUse.Any
                : new(fields.Text("use.provider", Use.Provider), fields.Text("use.model", Use.Model), fields.Text("use.project", Use.Project)),
            Lifetime = TtlSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : HoldRules.LifetimeDefault,
        };
        return fields.Problem is { } problem ? problem : request;
    }
}

/// <summary>POST /wallets/{id}/holds.</summary>
internal static class MakeHolds
{
    /// <summary>Holds credit.</summary>
    public static async Task<IResult> HandleAsync(
        string id, MakeHoldBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = BodyFields.CanBeId(id) ? body.Read(caller, id, time) : Problem.NotFound("wallet");
        return request.Problem is { } problem ? problem.ToHttp() : await door.CreateAsync(http, body, request.Value, HoldAnswer.Of, cancellationToken);
    }
}
