namespace Farthing.Domain.Pricing;

/// <summary>
/// What a price must be to be believed. Each rule has caught an error of a public price list: prices per token taken for
/// prices per million, a priority tier at fifty times the base, a cache read dearer than the input.
/// </summary>
internal static class CatalogRules
{
    private const long FemtodollarsMax = 2_000L * 1_000_000_000;
    private const int PriorityMax = 4;
    private const int DiscountMax = 5;

    /// <summary>Says in one line what is wrong with a row and its prices; null when nothing is.</summary>
    public static string? Refusal(PriceRow row)
    {
        if (row.Provider.Length == 0 || row.Model.Length == 0 || HasCapital(row.Key))
        {
            return "its key is not provider/model in lower case";
        }

        var refusal = row.Periods.Count == 0 ? "it has no price" : Timeline(row.Periods);
        for (var index = 0; refusal is null && index < row.Periods.Count; index++)
        {
            refusal = PeriodRefusal(row, row.Periods[index]);
        }

        return refusal;
    }

    private static bool HasCapital(string key)
    {
        foreach (var letter in key)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Timeline(IReadOnlyList<PricePeriod> periods)
    {
        for (var index = 0; index < periods.Count; index++)
        {
            var period = periods[index];
            if (period.From >= period.To)
            {
                return $"the period from {PricePeriod.Write(period.From)} ends before it starts";
            }

            if (index > 0 && Seam(periods[index - 1].To, period.From) is { } seam)
            {
                return seam;
            }
        }

        return periods[^1].To is { } end ? $"its last period ends at {PricePeriod.Write(end)} and nothing follows" : null;
    }

    private static string? Seam(DateTimeOffset? before, DateTimeOffset? from)
    {
        if (before is not null && from is not null && before == from)
        {
            return null;
        }

        var kind = before is null || from is null || from < before ? "overlap" : "leave a gap";
        return $"its periods {kind} at {Edge(before)} / {Edge(from)}";
    }

    private static string Edge(DateTimeOffset? instant) => instant is null ? "open" : PricePeriod.Write(instant);

    private static string? PeriodRefusal(PriceRow row, PricePeriod period)
    {
        if (period.As is not null)
        {
            return period.Standard is null ? null : "a period names another row and has prices of its own";
        }

        if (period.Standard is not { } standard || !standard.Rates.TryGet(PriceComponent.Input, out _))
        {
            return "a period has no input price";
        }

        return ListRefusal(row, period, standard, "standard")
            ?? OtherRefusal(row, period, period.Batch, "batch")
            ?? OtherRefusal(row, period, period.Flex, "flex")
            ?? OtherRefusal(row, period, period.Priority, "priority")
            ?? OtherRefusal(row, period, period.Fast, "fast")
            ?? WindowRefusal(row, period);
    }

    private static string? OtherRefusal(PriceRow row, PricePeriod period, PriceList? list, string name) =>
        list is null ? null : ListRefusal(row, period, list, name)
            ?? RatioRefusal(period.Standard!.Rates, list.Rates, PriceComponent.Input, name)
            ?? RatioRefusal(period.Standard!.Rates, list.Rates, PriceComponent.Output, name);

    private static string? ListRefusal(PriceRow row, PricePeriod period, PriceList list, string name)
    {
        var refusal = TableRefusal(row, period, list.Rates, name);
        for (var index = 0; refusal is null && index < list.Tiers.Count; index++)
        {
            var tier = list.Tiers[index];
            refusal = tier.Threshold <= (index == 0 ? 0 : list.Tiers[index - 1].Threshold)
                ? $"the context tiers of {name} do not ascend at {tier.Threshold}"
                : TableRefusal(row, period, tier.Rates, name);
        }

        return refusal;
    }

    private static string? TableRefusal(PriceRow row, PricePeriod period, RateTable table, string name)
    {
        for (var component = PriceComponent.Input; component <= PriceComponent.Reasoning; component++)
        {
            if (table.TryGet(component, out var rate) && rate.Femtodollars > FemtodollarsMax)
            {
                return $"{name} {RateTable.NameOf(component)} of {rate.PerMillion()} is above 2000 USD per million";
            }
        }

        if (table.TryGet(PriceComponent.CacheRead, out var read) && table.TryGet(PriceComponent.Input, out var input)
            && read.Femtodollars > input.Femtodollars)
        {
            return $"{name} cache_read of {read.PerMillion()} is above its input of {input.PerMillion()}";
        }

        return FactorRefusal(row, period, table);
    }

    /// <summary>Discounts take at most four fifths off; a faster tier costs at most four times; fast mode has no upper bound.</summary>
    private static string? RatioRefusal(RateTable standard, RateTable other, PriceComponent component, string name)
    {
        if (!standard.TryGet(component, out var whole) || whole.Femtodollars == 0 || !other.TryGet(component, out var part))
        {
            return null;
        }

        var believable = name switch
        {
            "priority" => part.Femtodollars >= whole.Femtodollars && part.Femtodollars <= whole.Femtodollars * PriorityMax,
            "fast" => part.Femtodollars >= whole.Femtodollars,
            _ => part.Femtodollars <= whole.Femtodollars && part.Femtodollars * DiscountMax >= whole.Femtodollars,
        };
        return believable
            ? null
            : $"{name} {RateTable.NameOf(component)} of {part.PerMillion()} is not believable against {whole.PerMillion()}";
    }

    private static string? WindowRefusal(PriceRow row, PricePeriod period)
    {
        var alone = period.Standard!.Tiers.Count == 0
            && period is { Batch: null, Flex: null, Priority: null, Fast: null };
        var refusal = period.Windows.Count == 0 || alone
            ? null
            : "a period has time windows together with context or service tiers, which no source defines";
        for (var index = 0; refusal is null && index < period.Windows.Count; index++)
        {
            refusal = TableRefusal(row, period, period.Windows[index].Rates, period.Windows[index].Label);
        }

        return refusal;
    }

    private static string? FactorRefusal(PriceRow row, PricePeriod period, RateTable table)
    {
        var refusal = row.HasProfile ? InexactRefusal(table, row.Profile) : null;
        for (var index = 0; refusal is null && index < period.Geo.Count; index++)
        {
            refusal = InexactRefusal(table, period.Geo[index].Factor);
        }

        return refusal;
    }

    private static string? InexactRefusal(RateTable table, Factor factor)
    {
        for (var component = PriceComponent.Input; component <= PriceComponent.Reasoning; component++)
        {
            if (table.TryGet(component, out var rate) && !rate.TryScale(factor.Numerator, factor.Denominator, out _))
            {
                return $"{RateTable.NameOf(component)} of {rate.PerMillion()} times {factor} is not a whole number of femtodollars";
            }
        }

        return null;
    }
}
