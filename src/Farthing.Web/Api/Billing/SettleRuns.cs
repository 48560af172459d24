using System.Text.Json;
using Farthing.Domain.Billing;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Billing;

/// <summary>What a run has cost until now. Without either figure our own events of the run count.</summary>
/// <param name="TotalCost">The total inference cost in dollars.</param>
/// <param name="ActivityOverview">PlanExe's file of that name; its <c>total_cost</c> counts, and its <c>models</c> say which grants pay.</param>
/// <param name="Holds">Holds of the wallet that pay first and then end.</param>
internal sealed record ReportRunBody(NumberText? TotalCost = null, JsonElement? ActivityOverview = null, IReadOnlyList<string>? Holds = null);

/// <summary>How a run ended and what it cost.</summary>
internal sealed record CompleteRunBody
{
    /// <summary><c>succeeded</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The total inference cost in dollars.</summary>
    public NumberText? TotalCost { get; init; }

    /// <summary>PlanExe's file of that name; its <c>total_cost</c> counts, and its <c>models</c> say which grants pay.</summary>
    public JsonElement? ActivityOverview { get; init; }

    public string? SpeedVsDetail { get; init; }

    /// <summary>Whether it is free after all; what was charged on the way comes back.</summary>
    public bool BillingSkipUsageCharge { get; init; }

    /// <summary>Holds of the wallet that pay first and then end.</summary>
    public IReadOnlyList<string>? Holds { get; init; }
}

/// <summary>The holds that pay for a run.</summary>
internal static class RunHolds
{
    /// <summary>The most holds of one request.</summary>
    public const int HoldsMax = 100;

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static Problem? Check(IReadOnlyList<string>? holds) => holds switch
    {
        { Count: > HoldsMax } => Problem.Invalid("holds", $"'holds' must have at most {HoldsMax} entries."),
        not null when holds.Any(static hold => hold is null || !BodyFields.CanBeId(hold)) => Problem.NotFound("hold"),
        _ => null,
    };
}

/// <summary>POST /runs/{id}/usage.</summary>
internal static class ReportRuns
{
    /// <summary>Takes over what a run has cost until now, and charges what is new of it.</summary>
    public static async Task<IResult> HandleAsync(
        string id, ReportRunBody? body, HttpContext http, Caller caller, LedgerDoor door, RunCosts costs, ServerOptions options, CancellationToken cancellationToken)
    {
        var sent = body ?? new();
        if (!BodyFields.CanBeId(id))
        {
            return Problem.NotFound("run").ToHttp();
        }

        if (RunHolds.Check(sent.Holds) is { } unusable)
        {
            return unusable.ToHttp();
        }

        if (await door.RecallAsync(http, sent, cancellationToken) is { } known)
        {
            return known;
        }

        var cost = await costs.ReadAsync(id, sent.TotalCost, sent.ActivityOverview, cancellationToken);
        if (cost.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var request = new ReportRun { Org = caller.Org, Actor = caller.Actor, Run = id, Total = cost.Value.Total, Parts = cost.Value.Parts, Prices = options.RunPrices, Holds = sent.Holds ?? [] };
        return await door.ChangeAsync(http, sent, request, run => RunAnswer.Of(run, request, cost.Value), cancellationToken);
    }
}

/// <summary>POST /runs/{id}/complete.</summary>
internal static class CompleteRuns
{
    /// <summary>Ends a run and charges it, once.</summary>
    public static async Task<IResult> HandleAsync(
        string id, CompleteRunBody body, HttpContext http, Caller caller, LedgerDoor door, RunCosts costs, ServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var fields = new BodyFields(time);
        var outcome = fields.Word("outcome", body.Outcome, RunState.Failed, RunWords.Outcomes);
        var speed = body.SpeedVsDetail is null ? null : fields.Text("speed_vs_detail", body.SpeedVsDetail);
        if ((fields.Check(id, "run") ?? RunHolds.Check(body.Holds)) is { } wrong)
        {
            return wrong.ToHttp();
        }

        if (await door.RecallAsync(http, body, cancellationToken) is { } known)
        {
            return known;
        }

        var cost = await costs.ReadAsync(id, body.TotalCost, body.ActivityOverview, cancellationToken);
        if (cost.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var request = new CompleteRun
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Run = id,
            Total = cost.Value.Total,
            Parts = cost.Value.Parts,
            Prices = options.RunPrices,
            Outcome = outcome,
            SpeedVsDetail = speed,
            SkipCharge = body.BillingSkipUsageCharge,
            Holds = body.Holds ?? [],
        };
        return await door.ChangeAsync(http, body, request, run => RunAnswer.Of(run, request, cost.Value), cancellationToken);
    }
}
