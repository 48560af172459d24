using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>
/// Figures, days and words as pages show them. A figure that is rounded or short keeps its exact form beside it as a title.
/// The examples are of the usual <see cref="MoneyFormat"/>; a server may have been given another one.
/// </summary>
public static class PageText
{
    /// <summary>Stands where there is nothing to show.</summary>
    public const string None = "–";

    private const decimal Cent = 0.01m;
    private const decimal FineUnit = 0.0001m;
    private const decimal RareChance = 0.03m;
    private const decimal Thousand = 1_000m;
    private const decimal Million = 1_000_000m;
    private const decimal Billion = 1_000_000_000m;

    // Anything less is at most 999.9 of the smaller unit as it is shown.
    private const decimal NearlyMillion = 999_950m;
    private const decimal NearlyBillion = 999_950_000m;

    /// <summary>The signs of numbers in the format of the page, for figures that are written nowhere else.</summary>
    public static IFormatProvider Numbers => Format.Numbers;

    private static MoneyFormat Format => FormatInForce.Current;

    /// <summary>An amount with cents: <c>$1,234.50</c>; <c>&lt; $0.01</c> for less than a cent.</summary>
    public static string Money(decimal dollars) => Rounded(dollars, Cent, 2);

    /// <summary>As <see cref="Money(decimal)"/>.</summary>
    public static string Money(Usd amount) => Money(amount.ToDecimal());

    /// <summary>As <see cref="Money(decimal)"/>.</summary>
    public static string Money(Ratio dollars) => Money(dollars.Round(2));

    /// <summary>An amount of a single call, with four decimals: <c>$0.0491</c>; <c>&lt; $0.0001</c> for less.</summary>
    public static string Fine(decimal dollars) => Rounded(dollars, FineUnit, 4);

    /// <summary>As <see cref="Fine(decimal)"/>.</summary>
    public static string Fine(Usd amount) => Fine(amount.ToDecimal());

    /// <summary>An amount in few characters: <c>$12.30</c>, from a thousand on <c>$1.2K</c>.</summary>
    public static string Brief(decimal dollars) => Math.Abs(dollars) switch
    {
        >= NearlyMillion => Format.Around(dollars < 0, string.Create(Numbers, $"{Math.Abs(dollars) / Million:0.0}M")),
        >= Thousand => Format.Around(dollars < 0, string.Create(Numbers, $"{Math.Abs(dollars) / Thousand:0.0}K")),
        _ => Money(dollars),
    };

    /// <summary>As <see cref="Brief(decimal)"/>.</summary>
    public static string Brief(Usd amount) => Brief(amount.ToDecimal());

    /// <summary>A number of things in few characters: <c>950</c>, from a thousand on <c>1.2K</c>.</summary>
    public static string BriefCount(long number) => Math.Abs(number) switch
    {
        >= (long)NearlyBillion => string.Create(Numbers, $"{number / Billion:0.0}B"),
        >= (long)NearlyMillion => string.Create(Numbers, $"{number / Million:0.0}M"),
        >= (long)Thousand => string.Create(Numbers, $"{number / Thousand:0.0}K"),
        _ => Count(number),
    };

    /// <summary>A change with its sign, between the amounts as they are shown: <c>+$3.10</c>.</summary>
    public static string Change(Usd before, Usd now)
    {
        var change = Cents(now) - Cents(before);
        return change > 0 ? $"+{Money(change)}" : Money(change);
    }

    /// <summary>A change with its sign: <c>+$3.10</c>.</summary>
    public static string WithSign(Usd change) => change > Usd.Zero ? $"+{Money(change)}" : Money(change);

    /// <summary>An amount to the last digit, for titles: <c>1234.500001 USD</c>.</summary>
    public static string Exact(Usd amount) => string.Create(Numbers, $"{amount.ToDecimal():0.############} USD");

    /// <summary>A chance of which no less is known than that it is one in so many: <c>&lt; 3%</c> where nothing was ever seen of it.</summary>
    /// <param name="chance">0 to 1; null when it is not known.</param>
    public static string Chance(decimal? chance) => chance switch
    {
        > 0 and < RareChance => string.Create(CultureInfo.InvariantCulture, $"< {RareChance * 100:0}%"),
        < 1 and > 1 - RareChance => string.Create(CultureInfo.InvariantCulture, $"> {(1 - RareChance) * 100:0}%"),
        _ => Percent(chance),
    };

    /// <summary>A share as whole percent: <c>43%</c>.</summary>
    public static string Percent(decimal? share) =>
        share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(known * 100, 0, MidpointRounding.ToEven):0}%") : None;

    /// <summary>A share of which more is told than whole percent, with two to four decimals: <c>43.25%</c>.</summary>
    public static string FinePercent(decimal share) => string.Create(Numbers, $"{share * 100:0.00##}%");

    /// <summary>How much more or less something is than before: <c>12% more</c>; null when there was nothing.</summary>
    public static string? Compared(Usd now, Usd before)
    {
        if (before <= Usd.Zero)
        {
            return null;
        }

        var change = decimal.Round(((now.ToDecimal() / before.ToDecimal()) - 1) * 100, 0, MidpointRounding.ToEven);
        return change == 0 ? "As much as" : string.Create(Numbers, $"{Math.Abs(change):N0}% {(change > 0 ? "more" : "less")} than");
    }

    /// <summary>A number of things: <c>12,345</c>.</summary>
    public static string Count(long number) => number.ToString("N0", Numbers);

    /// <summary>A number with its word: <c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Count(long number, string one) => number == 1 ? $"1 {one}" : $"{Count(number)} {one}s";

    /// <summary>A day: <c>26 Nov 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day on the axis of a chart: <c>26 Nov</c>.</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>Days from one to another, both included: <c>1 Nov 2026 to 26 Nov 2026</c>.</summary>
    public static string Days(DateOnly first, DateOnly last) => first == last ? Day(first) : $"{Day(first)} to {Day(last)}";

    /// <summary>An instant in a zone: <c>26 Nov 2026 14:05</c>.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An instant in a zone to the second: <c>26 Nov 2026 14:05:09</c>.</summary>
    public static string Second(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A length of time: <c>3 h 5 min</c>, <c>4 min 10 s</c>, <c>2.5 s</c>.</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Create(Numbers, $"{(long)time.TotalHours:N0} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(Numbers, $"{time.Ticks / (decimal)TimeSpan.TicksPerSecond:0.#} s"),
    };

    /// <summary>A role as people say it.</summary>
    public static string RoleWord(Role role) => role switch
    {
        Role.TeamLead => "team lead",
        _ => RoleName.Of(role),
    };

    /// <summary>The dollars of an amount as it is shown, to the cent: what sums of lines are made of that must agree with what one sees.</summary>
    public static decimal Cents(Usd amount) => Cents(amount.ToDecimal());

    /// <summary>As the other one, of dollars.</summary>
    public static decimal Cents(decimal dollars) => decimal.Round(dollars, 2, MidpointRounding.ToEven);

    private static string Rounded(decimal dollars, decimal unit, int decimals) => Math.Abs(dollars) switch
    {
        > 0 and var size when size < unit => dollars < 0 ? $"> {Format.Write(-unit, decimals)}" : $"< {Format.Write(unit, decimals)}",
        _ => Format.Write(decimal.Round(dollars, decimals, MidpointRounding.ToEven), decimals),
    };
}
