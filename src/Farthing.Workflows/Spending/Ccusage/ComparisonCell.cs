using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;

namespace Farthing.Workflows.Spending.Ccusage;

/// <summary>One model in one period: what the report says and what our calls add up to.</summary>
/// <param name="model">The model, as ccusage lists it; empty when the report does not break periods down.</param>
internal sealed class ComparisonCell(string model)
{
    /// <summary>The model, as ccusage lists it.</summary>
    public string Model => model;

    /// <summary>Their tokens.</summary>
    public CcusageTokens Theirs { get; set; }

    /// <summary>Whether ccusage says that it has no price for the model.</summary>
    public bool IsUnpricedThere { get; set; }

    /// <summary>Our calls.</summary>
    public long Calls { get; private set; }

    /// <summary>Those that carry no request id.</summary>
    public long CallsWithoutRequestId { get; private set; }

    /// <summary>Those whose cost is an estimate.</summary>
    public long EstimatedCalls { get; private set; }

    /// <summary>Those whose cost is unknown.</summary>
    public long UnpricedCalls { get; private set; }

    /// <summary>Our tokens.</summary>
    public TokenCounts Tokens { get; private set; }

    /// <summary>Our tokens in their classes.</summary>
    public CcusageTokens Ours => CcusageTokens.Of(Tokens);

    /// <summary>Their tokens beyond ours.</summary>
    public CcusageTokens Surplus => Theirs - Ours;

    /// <summary>Our cost.</summary>
    public Usd OurCost { get; private set; }

    /// <summary>What their rules make of our calls, computed from tokens.</summary>
    public Usd Computed { get; private set; }

    /// <summary>Our calls whose price there was never measured.</summary>
    public long CallsOfUnknownPrice { get; private set; }

    /// <summary>Differences of price.</summary>
    public DifferenceLedger Ledger { get; } = new();

    private Usd autoSurplus;
    private Usd displaySurplus;
    private Usd fastSurplus;
    private long reported;

    /// <summary>Counts one call of ours.</summary>
    public void Add(PricedCall call, PriceSplit split, CcusageRules rules)
    {
        var usage = call.Usage;
        var view = split.Split(call, IsUnpricedThere, Ledger);
        Calls++;
        Tokens += usage.Tokens;
        OurCost += call.Rating.Cost.Total;
        Computed += view.Computed;
        CallsOfUnknownPrice += view.IsKnown ? 0 : 1;
        EstimatedCalls += call.Rating.Card.Status == PricingStatus.Fallback ? 1 : 0;
        UnpricedCalls += call.Rating.Card.Status == PricingStatus.Unpriced ? 1 : 0;
        CallsWithoutRequestId += usage.RequestAlias is null ? 1 : 0;
        fastSurplus += IsUnpricedThere ? Usd.Zero : rules.CodexFastSurplus(usage);
        if (usage.Dimensions.Agent == CcusageRules.Claude)
        {
            var claimed = usage.ReportedCost;
            reported += claimed is null ? 0 : 1;
            autoSurplus += claimed is { } cost ? cost - view.Computed : Usd.Zero;
            displaySurplus += (claimed ?? Usd.Zero) - view.Computed;
        }
    }

    /// <summary>What their rules make of our calls beyond <see cref="Computed"/> under the settings of their run.</summary>
    public Usd SettingsSurplus(CcusageSettings settings) => ModeSurplus(settings.Mode) + (settings.IsCodexFast ? fastSurplus : Usd.Zero);

    /// <summary>Posts what the settings of their run make, once they are known.</summary>
    public void PostSettings(CcusageSettings settings, List<DifferencePart> parts)
    {
        Post(DifferenceRule.ReportedCost, ModeSurplus(settings.Mode), reported);
        Post(DifferenceRule.CodexFastConfig, settings.IsCodexFast ? fastSurplus : Usd.Zero, Calls);

        void Post(DifferenceRule rule, Usd surplus, long calls)
        {
            if (surplus != Usd.Zero)
            {
                parts.Add(new(rule, Model, CostClass.Call, -surplus, calls));
            }
        }
    }

    private Usd ModeSurplus(CcusageMode mode) => mode switch
    {
        CcusageMode.Auto => autoSurplus,
        CcusageMode.Display => displaySurplus,
        _ => Usd.Zero,
    };
}

/// <summary>How their report was made, as far as it changes costs.</summary>
/// <param name="Mode">Where costs of Claude lines come from.</param>
/// <param name="IsCodexFast">Whether all Codex calls were taken for fast ones.</param>
internal readonly record struct CcusageSettings(CcusageMode Mode, bool IsCodexFast)
{
    /// <summary>All combinations, the usual one first.</summary>
    public static IReadOnlyList<CcusageSettings> All { get; } =
    [
        new(CcusageMode.Auto, false), new(CcusageMode.Calculate, false), new(CcusageMode.Display, false),
        new(CcusageMode.Auto, true), new(CcusageMode.Calculate, true), new(CcusageMode.Display, true),
    ];
}

/// <summary>The smallest unit for which the report gives a cost: one cell, or all cells of a period.</summary>
/// <param name="period">The period, as the report writes it.</param>
internal sealed class ComparisonGroup(string period)
{
    /// <summary>The period.</summary>
    public string Period => period;

    /// <summary>The cells.</summary>
    public List<ComparisonCell> Cells { get; } = [];

    /// <summary>Whether the report has the period at all.</summary>
    public required bool IsListed { get; init; }

    /// <summary>Their cost; zero for a period that they do not list, null when the report was made without costs.</summary>
    public Usd? TheirCost { get; set; }

    /// <summary>Whether both sides count the same tokens.</summary>
    public bool CountsAgree => Cells.TrueForAll(cell => cell.Surplus.IsZero);

    /// <summary>Their cost beyond what their rules make of our calls.</summary>
    public Usd Residual(CcusageSettings settings) =>
        TheirCost is { } theirs ? Cells.Aggregate(theirs, (rest, cell) => rest - cell.Computed - cell.SettingsSurplus(settings)) : Usd.Zero;
}
