using System.Globalization;
using Farthing.Domain.Billing;
using Farthing.Domain.Money;

namespace Farthing;

/// <summary>
/// What the operator said about the prices of runs, under our names or PlanExe's; ours win. All of it is only read when a
/// server starts; reports show amounts with the price of a credit alone, and a variable of another program stops none.
/// </summary>
/// <param name="find">Finds the value of a setting; null when nobody said it.</param>
internal sealed class RunPriceSettings(Func<string, string?> find)
{
    private const string FeeName = "SUCCESS_PLAN_FEE_USD";
    private const string CentsName = "CREDIT_PRICE_CENTS";
    private const string MinimumName = "MIN_CREDITS_TO_CREATE_PLAN";
    private const int CentsMax = 1_000_000;

    private static readonly string[] Owners = ["FARTHING_", "PLANEXE_"];
    private static readonly Usd FeeMax = new(1_000_000 * (Int128)Usd.PicodollarsPerUsd);
    private static readonly Credits MinimumMax = new(1_000_000 * Credits.NanocreditsPerCredit);

    /// <summary>Every name that is known.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. from owner in Owners from name in new[] { FeeName, CentsName, MinimumName } select owner + name];

    /// <summary>The prices.</summary>
    /// <exception cref="SettingsException">A value is no amount, or one that cannot be meant.</exception>
    public RunPrices Read() => new(
        Value(FeeName, $"an amount of dollars from 0 to {FeeMax}, with at most twelve decimals", RunPrices.Default.SuccessFee, ReadFee),
        Cents(),
        Value(MinimumName, $"an amount of credits from 0 to {MinimumMax}, with at most nine decimals", RunPrices.Default.CreditsToStart, ReadMinimum));

    /// <summary>The price of one credit in US cents for reports; the usual one when what was said cannot be meant.</summary>
    /// <param name="error">Where that is told.</param>
    public int CentsToShow(TextWriter error)
    {
        try
        {
            return Cents();
        }
        catch (SettingsException failure)
        {
            error.WriteLine($"{failure.Message} Amounts are shown with {RunPrices.Default.CentsPerCredit} cents a credit.");
            return RunPrices.Default.CentsPerCredit;
        }
    }

    private int Cents() => Value(CentsName, $"a whole number of cents from 1 to {CentsMax}", RunPrices.Default.CentsPerCredit, ReadCents);

    private T Value<T>(string name, string expected, T usual, Func<string, T?> read)
        where T : struct
    {
        foreach (var full in Owners.Select(owner => owner + name))
        {
            if (find(full) is { } text)
            {
                return read(text) ?? throw new SettingsException($"{full} must be {expected}; it is '{text}'.");
            }
        }

        return usual;
    }

    private static Usd? ReadFee(string text) => Usd.TryParse(text, out var fee) && fee >= Usd.Zero && fee <= FeeMax ? fee : null;

    private static int? ReadCents(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) && cents is > 0 and <= CentsMax ? cents : null;

    private static Credits? ReadMinimum(string text) =>
        Credits.TryParse(text, out var minimum) && minimum >= Credits.Zero && minimum <= MinimumMax ? minimum : null;
}
