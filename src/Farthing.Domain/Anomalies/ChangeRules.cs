using Farthing.Domain.Money;

namespace Farthing.Domain.Anomalies;

/// <summary>Primer's rules about sessions: each compares the last 24 hours to the daily mean of the days it is given, strictly.</summary>
public static class ChangeRules
{
    /// <summary>With fewer sessions a day than this a drop says nothing.</summary>
    public const int UsualSessionsMin = 2;

    /// <summary>Of fewer judged sessions our rule infers no rate.</summary>
    public const int JudgedSessionsMin = 5;

    /// <summary>Fewer frictions in a day are no spike by our rule.</summary>
    public const int FrictionsMin = 5;

    /// <summary>Whether far fewer sessions ran than usual.</summary>
    /// <param name="lastDay">Sessions of the last 24 hours.</param>
    /// <param name="sessions">Sessions of the days compared to.</param>
    /// <param name="days">How many days these are.</param>
    /// <param name="threshold">Below which part of the mean to tell: 0.5.</param>
    public static bool IsUsageDrop(long lastDay, long sessions, int days, decimal threshold)
    {
        var usual = Ratio.Of(sessions, days);
        return usual >= Ratio.Of(UsualSessionsMin) && Ratio.Of(lastDay) < Ratio.FromDecimal(threshold) * usual;
    }

    /// <summary>Whether far fewer sessions succeeded than usual.</summary>
    /// <param name="now">Successes ÷ judged sessions of the last 24 hours; null when none was judged.</param>
    /// <param name="usual">The same of the days compared to.</param>
    /// <param name="threshold">Above how many percentage points of loss to tell: 20.</param>
    public static bool IsSuccessRateDrop(Ratio? now, Ratio? usual, decimal threshold) =>
        now is { } rate && usual is { } before && (before - rate) * Ratio.Of(100) > Ratio.FromDecimal(threshold);

    /// <summary>Whether far more friction was met than usual; never when none is usual.</summary>
    /// <param name="lastDay">Frictions of the last 24 hours.</param>
    /// <param name="frictions">Frictions of the days compared to.</param>
    /// <param name="days">How many days these are.</param>
    /// <param name="threshold">Above how many times the mean to tell: 2.</param>
    public static bool IsFrictionSpike(long lastDay, long frictions, int days, decimal threshold) =>
        frictions > 0 && Ratio.Of(lastDay) > Ratio.FromDecimal(threshold) * Ratio.Of(frictions, days);
}
