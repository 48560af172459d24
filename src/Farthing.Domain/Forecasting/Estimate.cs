namespace Farthing.Domain.Forecasting;

/// <summary>Where estimates leave floating point: decimals of few digits, which is all that an estimate can claim.</summary>
internal static class Estimate
{
    /// <summary>Decimals of an estimate in dollars.</summary>
    public const int Decimals = 4;

    private const double Most = 1e15;

    /// <summary>An estimate in dollars, half-even to four decimals; beyond a thousand trillion it stays there.</summary>
    public static decimal Of(double value) => Round(value, Decimals);

    /// <summary>An estimate, half-even to a number of decimals.</summary>
    public static decimal Round(double value, int decimals) =>
        decimal.Round((decimal)Math.Clamp(value, -Most, Most), decimals, MidpointRounding.ToEven);
}
