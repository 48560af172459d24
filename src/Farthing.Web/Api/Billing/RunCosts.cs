using System.Text.Json;
using Farthing.Domain.Money;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Billing;

namespace Farthing.Web.Api.Billing;

/// <summary>
/// Reads what a run cost: a total that is told, an overview of its activity, or our own events when neither is sent. A
/// total that is told must make sense; an overview is a file of another program, so what makes none counts as nothing
/// and is flagged.
/// </summary>
internal sealed class RunCosts(RunMeter meter, Caller caller)
{
    private const string OverviewMember = "total_cost";
    private const string OverviewSource = "activity_overview";

    /// <summary>The cost, or what is wrong.</summary>
    public async Task<Result<RunCost>> ReadAsync(string run, NumberText? told, JsonElement? overview, CancellationToken cancellationToken)
    {
        if (told is not null && overview is not null)
        {
            return Problem.Invalid("total_cost", "Send either 'total_cost' or 'activity_overview', not both.");
        }

        if (told is { } text)
        {
            return ReadTotal(text);
        }

        if (overview is { } activity)
        {
            return ReadOverview(activity);
        }

        var metered = await meter.SumAsync(caller.Org, run, cancellationToken);
        return metered.Problem is { } problem ? problem : Bounded(new(metered.Value.Total, "metered", null, metered.Value.UnpricedCalls, metered.Value.Parts));
    }

    private static Result<RunCost> ReadTotal(NumberText text) => CostText.Read(text.Plain) switch
    {
        not { } => Problem.Invalid("total_cost", "'total_cost' must be a decimal number."),
        { } total when total < Usd.Zero => Problem.Invalid("total_cost", "'total_cost' must not be negative."),
        { } total => Bounded(new(total, "total_cost", null, 0, [])),
    };

    private static Result<RunCost> ReadOverview(JsonElement overview)
    {
        if (overview.ValueKind != JsonValueKind.Object)
        {
            return Nothing("not_an_object");
        }

        if (!overview.TryGetProperty(OverviewMember, out var total))
        {
            return Nothing("total_cost_missing");
        }

        return OverviewModels.Cost(total) switch
        {
            not { } => Nothing("total_cost_unreadable"),
            { } cost when cost < Usd.Zero => Nothing("total_cost_negative"),
            { } cost => Bounded(new(cost, OverviewSource, null, 0, OverviewModels.Read(overview))),
        };
    }

    private static RunCost Nothing(string flag) => new(Usd.Zero, OverviewSource, flag, 0, []);

    private static Result<RunCost> Bounded(RunCost cost) => cost.Total > BodyFields.UsdMax
        ? Problem.Invalid("total_cost", $"A run costs at most {BodyFields.UsdMax} dollars; look at what adds it up.")
        : cost;
}

/// <summary>Reads costs that other programs added up with floating point: digits beyond the twelfth decimal are their noise.</summary>
internal static class CostText
{
    private const int Decimals = 12;
    private const int WholeMax = 20;
    private const int LengthMax = 128;

    /// <summary>A plain decimal number, rounded half-even to picodollars; null for anything else.</summary>
    public static Usd? Read(string text)
    {
        if (text.Length > LengthMax)
        {
            return null;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? [] : text.AsSpan(point + 1);
        if (fraction.Length <= Decimals)
        {
            return Usd.TryParse(text, out var exact) ? exact : null;
        }

        var rest = fraction[Decimals..];
        if (point > WholeMax || rest.ContainsAnyExceptInRange('0', '9') || !Usd.TryParse(text.AsSpan(0, point + 1 + Decimals), out var cut))
        {
            return null;
        }

        var step = new Usd(RoundsUp(rest, cut) ? 1L : 0L);
        return text[0] == '-' ? cut - step : cut + step;
    }

    private static bool RoundsUp(ReadOnlySpan<char> rest, Usd cut) => (rest[0], rest[1..].ContainsAnyExcept('0')) switch
    {
        ( > '5', _) or ('5', true) => true,
        ('5', false) => !Int128.IsEvenInteger(cut.Picodollars),
        _ => false,
    };
}
