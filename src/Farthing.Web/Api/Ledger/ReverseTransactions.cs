using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>A charge to undo.</summary>
internal sealed record ReverseTransactionBody
{
    public string? Id { get; init; }

    /// <summary>How much; left out for everything that is left of it.</summary>
    public NumberText? Amount { get; init; }

    /// <summary>Why; whoever reads the statement sees it.</summary>
    public required string Reason { get; init; }

    /// <summary>The month that it belongs to, where that is an earlier one: <c>2026-10</c>.</summary>
    public string? Period { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    public Result<ReverseTransaction> Read(Caller caller, string transaction, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var request = new ReverseTransaction
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Id = fields.Id("id", Id),
            Transaction = transaction,
            Amount = fields.OptionalAmount("amount", Amount),
            Reason = fields.NeededText("reason", Reason),
            Posting = fields.Posting("period", Period, caller),
        };
        return fields.Problem is { } problem ? problem : request;
    }
}

/// <summary>POST /transactions/{id}/reverse.</summary>
internal static class ReverseTransactions
{
    /// <summary>Undoes a charge, or a part of it.</summary>
    public static async Task<IResult> HandleAsync(
        string id, ReverseTransactionBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = BodyFields.CanBeId(id) ? body.Read(caller, id, time) : Problem.NotFound("transaction");
        return request.Problem is { } problem
            ? problem.ToHttp()
            : await door.CreateAsync(http, body, request.Value, static posted => TransactionAnswer.Of(posted.Transaction), cancellationToken);
    }
}
