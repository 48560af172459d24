using System.Globalization;

namespace Farthing.Domain.Ledger;

/// <summary>A month of the books, in UTC. Written as <c>2026-10</c>, so that texts sort as months do.</summary>
public readonly record struct AccountingMonth : IComparable<AccountingMonth>
{
    private const int MonthsPerYear = 12;
    private const string Format = "yyyy-MM";

    /// <summary>Months since the year 0.</summary>
    private readonly int number;

    private AccountingMonth(int number) => this.number = number;

    /// <summary>Its first instant.</summary>
    public DateTimeOffset Begin => new(number / MonthsPerYear, (number % MonthsPerYear) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first instant behind it.</summary>
    public DateTimeOffset End => Begin.AddMonths(1);

    /// <summary>The month that an instant lies in.</summary>
    public static AccountingMonth Of(DateTimeOffset instant)
    {
        var day = instant.UtcDateTime;
        return new((day.Year * MonthsPerYear) + day.Month - 1);
    }

    /// <summary>Reads <c>2026-10</c> and nothing else; the last year of the calendar is none, because nothing comes behind it.</summary>
    public static bool TryParse(string? text, out AccountingMonth month)
    {
        var isMonth = DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < DateOnly.MaxValue.Year;
        month = isMonth ? new((first.Year * MonthsPerYear) + first.Month - 1) : default;
        return isMonth;
    }

    /// <summary>Reads a month that was written by <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static AccountingMonth Parse(string text) => TryParse(text, out var month) ? month : throw new FormatException($"'{text}' is not a month.");

    /// <summary>Whether the first is the earlier one.</summary>
    public static bool operator <(AccountingMonth left, AccountingMonth right) => left.number < right.number;

    /// <summary>Whether the first is the later one.</summary>
    public static bool operator >(AccountingMonth left, AccountingMonth right) => left.number > right.number;

    /// <summary>Whether the first is not the later one.</summary>
    public static bool operator <=(AccountingMonth left, AccountingMonth right) => left.number <= right.number;

    /// <summary>Whether the first is not the earlier one.</summary>
    public static bool operator >=(AccountingMonth left, AccountingMonth right) => left.number >= right.number;

    /// <inheritdoc/>
    public int CompareTo(AccountingMonth other) => number.CompareTo(other.number);

    /// <summary>The month as <c>2026-10</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{number / MonthsPerYear:0000}-{(number % MonthsPerYear) + 1:00}");
}
