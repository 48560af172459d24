using System.Globalization;
using Farthing.Domain.Forecasting;
using Farthing.Workflows;

namespace Farthing.Web.Api.Finops;

/// <summary>Reads the parameters that the endpoints of finops have besides whose spend and when.</summary>
internal static class FinopsWords
{
    /// <summary>The days of a forecast when nobody says how many.</summary>
    public const int ForecastDaysUsual = 30;

    /// <summary>The most known events of one request.</summary>
    public const int OverlaysMax = 20;

    private const int OverlayParts = 4;
    private const int OverlayLengthMax = 100;
    private const string DayForm = "yyyy-MM-dd";
    private const decimal FactorMax = 1_000;
    private const decimal AddedMax = 1_000_000_000;

    private static readonly Problem BadOverlay = Problem.Invalid(
        "overlay",
        "'overlay' is FIRST_DAY,LAST_DAY,FACTOR,ADDED_PER_DAY such as 2026-12-24,2027-01-01,0.2,0; without LAST_DAY it stays; "
        + "the factor lies between 0 and 1000.");

    /// <summary>A flag; off when it is left out or empty.</summary>
    public static Result<bool> Flag(string field, string? text)
    {
        var isOn = false;
        return text is not { Length: > 0 } || bool.TryParse(text, out isOn) ? isOn : Problem.Invalid(field, $"'{field}' is true or false.");
    }

    /// <summary>One word of a list; the first one when it is left out.</summary>
    public static Result<T> Word<T>(string field, string? text, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        if (text is null)
        {
            return words[0].Meaning;
        }

        var known = new List<string>(words.Length);
        foreach (var (word, meaning) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return meaning;
            }

            known.Add(word);
        }

        return Problem.Invalid(field, $"'{field}' is one of: {string.Join(", ", known)}.");
    }

    /// <summary>How many days are forecast.</summary>
    public static Result<int> ForecastDays(string? text)
    {
        var days = ForecastDaysUsual;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= 1 and <= Forecaster.DaysMax)
            ? days
            : Problem.Invalid("forecast_days", $"'forecast_days' is a whole number from 1 to {Forecaster.DaysMax}.");
    }

    /// <summary>Known events, in their order.</summary>
    public static Result<List<KnownEvent>> Overlays(string[]? texts)
    {
        if (texts is not { Length: > 0 })
        {
            return new List<KnownEvent>();
        }

        if (texts.Length > OverlaysMax)
        {
            return Problem.Invalid("overlay", $"A forecast takes at most {OverlaysMax} overlays.");
        }

        var events = new List<KnownEvent>(texts.Length);
        foreach (var text in texts)
        {
            if (Overlay(text) is not { } known)
            {
                return BadOverlay;
            }

            events.Add(known);
        }

        return events;
    }

    private static KnownEvent? Overlay(string text)
    {
        var parts = text.Length > OverlayLengthMax ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != OverlayParts || Day(parts[0]) is not { } first || (parts[1].Length == 0 ? DateOnly.MaxValue : Day(parts[1])) is not { } last)
        {
            return null;
        }

        return Number(parts[2]) is { } factor and >= 0 and <= FactorMax && Number(parts[3]) is { } added and >= -AddedMax and <= AddedMax && first <= last
            ? new() { Name = text, FirstDay = first, LastDay = last, Factor = factor, AddedPerDay = added }
            : null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
