using Farthing.Domain.Money;

namespace Farthing.Finops;

/// <summary>
/// Amounts of an answer in one column, whose rows add up to the total below them to the last digit shown. An answer rounds
/// each amount for itself; what that leaves between them and their total is carried by the largest.
/// </summary>
internal sealed class MoneyColumn
{
    private const int Cents = 2;
    private const int Small = 4;
    private const int AnswerDecimals = 12;
    private const decimal SmallBelow = 1;

    private readonly Usd[] rows;
    private readonly Usd total;
    private readonly int decimals;

    /// <summary>Rounds a column: to cents, or to hundredths of a cent when the whole is less than a dollar.</summary>
    /// <param name="amounts">The rows.</param>
    /// <param name="whole">Their total.</param>
    /// <param name="always">The decimals whatever the whole is; null for the above.</param>
    public MoneyColumn(IEnumerable<decimal> amounts, decimal whole, int? always = null)
    {
        decimals = always ?? (Math.Abs(whole) < SmallBelow ? Small : Cents);
        total = Exact(whole);
        var parts = amounts.Select(Exact).ToArray();
        if (parts.Length > 0)
        {
            var largest = Array.IndexOf(parts, parts.Max());
            parts[largest] += total - parts.Aggregate(Usd.Zero, static (sum, part) => sum + part);
        }

        rows = Rounding.Apportion(parts, decimals == Cents ? Usd.PicodollarsPerCent : Usd.PicodollarsPerCent / 100);
    }

    private MoneyColumn(Usd[] rows, Usd total, int decimals) => (this.rows, this.total, this.decimals) = (rows, total, decimals);

    /// <summary>The total as it is shown.</summary>
    public string Total => total.Format(decimals);

    /// <summary>A row as it is shown.</summary>
    public string this[int row] => rows[row].Format(decimals);

    /// <summary>A row as it is shown, as a number.</summary>
    public decimal Amount(int row) => rows[row].ToDecimal();

    /// <summary>This column less another, row by row as both are shown.</summary>
    public MoneyColumn Less(MoneyColumn other) =>
        new([.. rows.Zip(other.rows, static (mine, theirs) => mine - theirs)], total.Round(decimals) - other.total.Round(decimals), decimals);

    /// <summary>This column less amounts that are not shown: a row from which nothing is taken shows the same in both.</summary>
    /// <param name="taken">What is taken from each row.</param>
    /// <param name="left">What is left of the whole.</param>
    public MoneyColumn Net(IEnumerable<decimal> taken, decimal left) =>
        Less(new(taken, (total.Round(decimals) - Exact(left).Round(decimals)).ToDecimal(), decimals));

    private static Usd Exact(decimal amount) => Usd.FromDecimal(decimal.Round(amount, AnswerDecimals, MidpointRounding.ToEven));
}
