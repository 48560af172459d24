using Farthing.Domain.Billing;
using Farthing.Web.Hosting;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Billing;

/// <summary>A run to start.</summary>
internal sealed record StartRunBody
{
    public string? Id { get; init; }

    /// <summary>The plan that it attempts; the run's own id unless told.</summary>
    public string? Plan { get; init; }

    /// <summary>Who it is for; their wallet pays, and nobody when they have none.</summary>
    public string? User { get; init; }

    /// <summary>The wallet that pays, instead of the user's.</summary>
    public string? Wallet { get; init; }

    public string? SpeedVsDetail { get; init; }

    /// <summary><c>own</c>: it counts its costs from zero; <c>cumulative</c>: from where the attempts before it ended.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether it takes the wallet's one free run.</summary>
    public bool FreePlan { get; init; }

    /// <summary>Whether it is free by the caller's own decision.</summary>
    public bool BillingSkipUsageCharge { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    /// <param name="caller">Who sent it.</param>
    /// <param name="payer">The user's wallet; counts when no wallet is named.</param>
    /// <param name="prices">The seller's prices.</param>
    /// <param name="time">The clock.</param>
    public Result<StartRun> Read(Caller caller, string payer, RunPrices prices, TimeProvider time)
    {
        var fields = new BodyFields(time);
        var id = fields.Id("id", Id);
        var request = new StartRun
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Id = id,
            Plan = Plan is null ? id : fields.NeededText("plan", Plan),
            Wallet = Wallet is null ? payer : fields.GivenId("wallet", Wallet),
            IsWalletLookedUp = Wallet is null,
            User = fields.Text("user", User),
            SpeedVsDetail = fields.Text("speed_vs_detail", SpeedVsDetail),
            Mode = fields.Word("mode", Mode, AttemptMode.Own, RunWords.Modes),
            TakeFreeRun = FreePlan,
            SkipCharge = BillingSkipUsageCharge,
            Prices = prices,
        };
        return fields.Problem is { } problem ? problem : request;
    }
}

/// <summary>POST /runs.</summary>
internal static class StartRuns
{
    /// <summary>Lets a run start, or says that there is too little credit.</summary>
    public static async Task<IResult> HandleAsync(
        StartRunBody body, HttpContext http, Caller caller, LedgerDoor door, RunPayers payers, ServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await door.RecallAsync(http, body, cancellationToken) is { } known)
        {
            return known;
        }

        var payer = body is { Wallet: null, User: { Length: > 0 and <= WebLimits.TextLengthMax } user } && !user.Any(char.IsControl)
            ? await payers.FindForAsync(caller.Org, user, BodyFields.CanBeId(body.Id ?? string.Empty) ? body.Id : null, cancellationToken)
            : string.Empty;
        var read = payer.Problem is { } ambiguous ? ambiguous : body.Read(caller, payer.Value, options.RunPrices, time);
        if (read.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var request = read.Value;
        return await door.CreateAsync(http, body, request, run => RunAnswer.Of(run, request, null), cancellationToken);
    }
}
