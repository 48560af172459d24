using System.Globalization;
using Farthing.Domain.Anomalies;
using Farthing.Domain.Money;

namespace Farthing.Workflows.Alerting;

/// <summary>Something unusual, before it is an alert.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Value">What the last 24 hours were.</param>
/// <param name="Usual">What is usual.</param>
/// <param name="Bound">The value that was passed.</param>
/// <param name="Title">One line, of whose it is.</param>
/// <param name="Message">The whole of it.</param>
internal sealed record AlertFinding(AlertType Type, Severity Severity, Ratio Value, Ratio Usual, Ratio Bound, Func<string, string> Title, string Message);

/// <summary>
/// Judges what was read by what is in force. Primer compares the last 24 hours to a week that holds them; we to the days
/// before, and of sessions only when there are enough to say something.
/// </summary>
internal sealed class AlertFindings(AlertSignal signal, AlertMode mode, IReadOnlyDictionary<AlertType, EffectiveAlert> inForce)
{
    private const int WeekDays = 7;
    private const int ValueDecimals = 4;

    private static readonly Ratio Percent = Ratio.Of(100);

    private bool IsPrimer => mode == AlertMode.Primer;

    private int DaysCompared => IsPrimer ? WeekDays : WeekDays - 1;

    private OutcomeSums OutcomesCompared => IsPrimer ? signal.OutcomesLastWeek : signal.OutcomesLastWeek - signal.OutcomesLastDay;

    /// <summary>What is unusual.</summary>
    public IEnumerable<AlertFinding> All() => new[] { Cost(), Usage(), SuccessRate(), Friction() }.OfType<AlertFinding>();

    private AlertFinding? Cost()
    {
        var (warning, critical) = (inForce[AlertType.CostSpikeWarning], inForce[AlertType.CostSpikeCritical]);
        var thresholds = new SpikeThresholds(warning.Threshold, critical.Threshold);
        var verdict = IsPrimer
            ? SpikeRule.Primer(signal.LastDay, signal.LastWeek, thresholds)
            : SpikeRule.Robust(signal.LastDay, signal.Before, thresholds);
        if (verdict is { Severity: Severity.None } or { Factor: null })
        {
            return null;
        }

        // Who wants no critical ones still wants to be warned.
        var factor = verdict.Factor.Value;
        var isCritical = verdict.Severity == Severity.Critical && critical.Enabled;
        var held = isCritical ? critical : warning;
        if (!held.Enabled || factor <= Ratio.FromDecimal(held.Threshold))
        {
            return null;
        }

        return new(
            held.Type, isCritical ? Severity.Critical : Severity.Warning, Ratio.Dollars(signal.LastDay), verdict.Usual, verdict.Usual * Ratio.FromDecimal(held.Threshold),
            whose => string.Create(CultureInfo.InvariantCulture, $"Spend of {whose} is {factor.Round(1)} times the usual"),
            $"The last 24 hours cost {signal.LastDay.Format()}; {verdict.Usual.ToUsd().Format()} a day are usual.");
    }

    private AlertFinding? Usage()
    {
        var held = inForce[AlertType.UsageDrop];
        var sessions = Math.Max(IsPrimer ? signal.SessionsLastWeek : signal.SessionsLastWeek - signal.SessionsLastDay, 0);
        if (!held.Enabled || !ChangeRules.IsUsageDrop(signal.SessionsLastDay, sessions, DaysCompared, held.Threshold))
        {
            return null;
        }

        var usual = Ratio.Of(sessions, DaysCompared);
        return new(
            held.Type, Severity.Warning, Ratio.Of(signal.SessionsLastDay), usual, usual * Ratio.FromDecimal(held.Threshold),
            static whose => $"Agents are used far less than usual in {whose}",
            string.Create(CultureInfo.InvariantCulture, $"There were {signal.SessionsLastDay} sessions in the last 24 hours; {usual.Round(1)} a day are usual."));
    }

    private AlertFinding? SuccessRate()
    {
        var held = inForce[AlertType.SuccessRateDrop];
        var (day, compared) = (signal.OutcomesLastDay, OutcomesCompared);
        var isEnough = IsPrimer || (day.Judged >= ChangeRules.JudgedSessionsMin && compared.Judged >= ChangeRules.JudgedSessionsMin);
        if (!held.Enabled || !isEnough || !ChangeRules.IsSuccessRateDrop(day.SuccessRate, compared.SuccessRate, held.Threshold))
        {
            return null;
        }

        var (now, usual) = (day.SuccessRate!.Value, compared.SuccessRate!.Value);
        return new(
            held.Type, Severity.Warning, now, usual, usual - (Ratio.FromDecimal(held.Threshold) / Percent),
            static whose => $"Fewer sessions succeed than usual in {whose}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Of {day.Judged} judged sessions of the last 24 hours {(now * Percent).Round(0)} % succeeded; {(usual * Percent).Round(0)} % are usual."));
    }

    private AlertFinding? Friction()
    {
        var held = inForce[AlertType.FrictionSpike];
        var (day, compared) = (signal.OutcomesLastDay.Frictions, OutcomesCompared.Frictions);
        var isEnough = IsPrimer || day >= ChangeRules.FrictionsMin;
        if (!held.Enabled || !isEnough || !ChangeRules.IsFrictionSpike(day, compared, DaysCompared, held.Threshold))
        {
            return null;
        }

        var usual = Ratio.Of(compared, DaysCompared);
        return new(
            held.Type, Severity.Warning, Ratio.Of(day), usual, usual * Ratio.FromDecimal(held.Threshold),
            static whose => $"Agents meet more friction than usual in {whose}",
            string.Create(CultureInfo.InvariantCulture, $"Sessions of the last 24 hours met friction {day} times; {usual.Round(1)} times a day are usual."));
    }

    /// <summary>A number as alerts keep it.</summary>
    public static decimal Number(Ratio ratio) => ratio.Round(ValueDecimals);
}
