using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>A grant to take back.</summary>
/// <param name="Memo">A remark for people.</param>
internal sealed record VoidGrantBody(string? Memo = null);

/// <summary>A refund of credit that was bought and not used.</summary>
/// <param name="Id">The refund's id.</param>
/// <param name="Amount">How much; left out for everything that is free.</param>
/// <param name="Memo">A remark for people.</param>
/// <param name="Period">The month that it belongs to, where that is an earlier one: <c>2026-10</c>.</param>
internal sealed record RefundGrantBody(string? Id = null, NumberText? Amount = null, string? Memo = null, string? Period = null);

/// <summary>POST /grants/{id}/void.</summary>
internal static class VoidGrants
{
    /// <summary>Takes a grant back.</summary>
    public static async Task<IResult> HandleAsync(
        string id, VoidGrantBody? body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var sent = body ?? new();
        var fields = new BodyFields(time);
        var request = new VoidGrant { Org = caller.Org, Actor = caller.Actor, Grant = id, Memo = fields.Text("memo", sent.Memo) };
        return fields.Check(id, "grant") is { } problem ? problem.ToHttp() : await door.ChangeAsync(http, sent, request, GrantAnswer.Of, cancellationToken);
    }
}

/// <summary>POST /grants/{id}/refund.</summary>
internal static class RefundGrants
{
    /// <summary>Pays back what is free of a grant.</summary>
    public static async Task<IResult> HandleAsync(
        string id, RefundGrantBody? body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var sent = body ?? new();
        var fields = new BodyFields(time);
        var request = new RefundGrant
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Grant = id,
            Id = fields.Id("id", sent.Id),
            Amount = fields.OptionalAmount("amount", sent.Amount),
            Memo = fields.Text("memo", sent.Memo),
            Posting = fields.Posting("period", sent.Period, caller),
        };
        return fields.Check(id, "grant") is { } problem ? problem.ToHttp() : await door.ChangeAsync(http, sent, request, GrantAnswer.Of, cancellationToken);
    }
}
