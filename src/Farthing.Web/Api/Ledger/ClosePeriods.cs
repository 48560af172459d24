using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>How a month is closed.</summary>
internal sealed record ClosePeriodBody
{
    /// <summary>Only for everybody but finance.</summary>
    public bool Soft { get; init; }

    /// <summary>Although late usage is still taken.</summary>
    public bool Force { get; init; }
}

/// <summary>Why a month is opened again.</summary>
internal sealed record ReopenPeriodBody
{
    /// <summary>Told to whoever reads the books.</summary>
    public string? Reason { get; init; }
}

/// <summary>POST /periods/{month}/close and POST /periods/{month}/reopen.</summary>
internal static class ClosePeriods
{
    /// <summary>Closes a month that is over, softly or for everybody.</summary>
    public static async Task<IResult> CloseAsync(
        string month, ClosePeriodBody? body, HttpContext http, Caller caller, LedgerDoor door, CloseMonth close, CancellationToken cancellationToken)
    {
        if (!AccountingMonth.TryParse(month, out var asked))
        {
            return ReadPeriods.NotAMonth.ToHttp();
        }

        var sent = body ?? new();
        if (sent.Soft)
        {
            var request = new SoftClosePeriod { Org = caller.Org, Actor = caller.Actor, Month = asked };
            return await door.CreateAsync(http, sent, request, static period => PeriodAnswer.Of(period, period.State), cancellationToken);
        }

        return await door.RecallAsync(http, sent, cancellationToken) ?? await close.CloseAsync(
            caller.Org, asked, caller.Actor, sent.Force, request => door.CreateAsync(http, sent, request, PeriodCloseAnswer.Of, cancellationToken), cancellationToken);
    }

    /// <summary>Asks for a closed month to be opened again, or agrees with somebody else who asked.</summary>
    public static async Task<IResult> ReopenAsync(
        string month, ReopenPeriodBody? body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!AccountingMonth.TryParse(month, out var asked))
        {
            return ReadPeriods.NotAMonth.ToHttp();
        }

        var sent = body ?? new();
        var fields = new BodyFields(time);
        var request = new ReopenPeriod { Org = caller.Org, Actor = caller.Actor, Month = asked, Reason = fields.Text("reason", sent.Reason) };
        return fields.Problem is { } problem
            ? problem.ToHttp()
            : await door.ChangeAsync(http, sent, request, static period => PeriodAnswer.Of(period, period.State), cancellationToken);
    }
}
