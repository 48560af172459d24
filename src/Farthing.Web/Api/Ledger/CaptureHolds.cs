using Farthing.Domain.Usage;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>What a call did cost, in credits.</summary>
internal sealed record CaptureHoldBody
{
    /// <summary>The call at cost.</summary>
    public required NumberText Amount { get; init; }

    /// <summary>What comes on top.</summary>
    public NumberText? Markup { get; init; }

    /// <summary>Whether more than is held may be taken, because it has been used already.</summary>
    public bool AllowOverrun { get; init; }

    /// <summary>How the call is paid for, as usage says it: <c>byok</c> and <c>subscription</c> are no cost of ours.</summary>
    public string? BillingMode { get; init; }

    /// <summary>The usage event that it pays for.</summary>
    public string? Event { get; init; }

    /// <summary>The run that it belongs to.</summary>
    public string? Run { get; init; }

    public string? Reason { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    public Result<CaptureHold> Read(Caller caller, string hold, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var request = new CaptureHold
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Hold = hold,
            Parts = new(fields.Amount("amount", Amount), fields.AmountOrZero("markup", Markup), default),
            AllowOverrun = AllowOverrun,
            IsPaidByCustomer = Dimensions.IsCustomerPaid(fields.Text("billing_mode", BillingMode)),
            Event = fields.Text("event", Event),
            Run = fields.Text("run", Run),
            Reason = fields.Text("reason", Reason),
        };
        return fields.Problem is { } problem ? problem : request;
    }
}

/// <summary>POST /holds/{id}/capture.</summary>
internal static class CaptureHolds
{
    /// <summary>Uses a hold; what is not needed goes back.</summary>
    public static async Task<IResult> HandleAsync(
        string id, CaptureHoldBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = BodyFields.CanBeId(id) ? body.Read(caller, id, time) : Problem.NotFound("hold");
        return request.Problem is { } problem ? problem.ToHttp() : await door.ChangeAsync(http, body, request.Value, HoldAnswer.Of, cancellationToken);
    }
}

/// <summary>Nothing needs to be said.</summary>
internal sealed record EmptyBody;

/// <summary>POST /holds/{id}/forward and /holds/{id}/release.</summary>
internal static class MoveHolds
{
    /// <summary>Notes that the call is being sent.</summary>
    public static Task<IResult> ForwardAsync(string id, EmptyBody? body, HttpContext http, Caller caller, LedgerDoor door, CancellationToken cancellationToken) =>
        MoveAsync(body, http, door, new ForwardHold { Org = caller.Org, Actor = caller.Actor, Hold = id }, cancellationToken);

    /// <summary>Gives the credit back.</summary>
    public static Task<IResult> ReleaseAsync(string id, EmptyBody? body, HttpContext http, Caller caller, LedgerDoor door, CancellationToken cancellationToken) =>
        MoveAsync(body, http, door, new ReleaseHold { Org = caller.Org, Actor = caller.Actor, Hold = id }, cancellationToken);

    private static async Task<IResult> MoveAsync(EmptyBody? body, HttpContext http, LedgerDoor door, HoldRequest request, CancellationToken cancellationToken) =>
        BodyFields.CanBeId(request.Hold)
            ? await door.ChangeAsync(http, body ?? new(), request, HoldAnswer.Of, cancellationToken)
            : Problem.NotFound("hold").ToHttp();
}
