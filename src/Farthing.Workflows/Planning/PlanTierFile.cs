using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Workflows.Pricing;

namespace Farthing.Workflows.Planning;

/// <summary>What a file of tiers holds, or why it is refused: one line that names the tier.</summary>
/// <param name="Tiers">The tiers in the order of the file; null when it is refused.</param>
/// <param name="Refusal">Why; null when it is not.</param>
public sealed record PlanTierReading(IReadOnlyList<PlanTier>? Tiers, string? Refusal);

/// <summary>
/// Reads the tiers that an operator defines. Strict: an unknown member, an amount that is negative or has more than nine
/// decimals, or tiers that cannot be told apart on some day refuse the whole file.
/// </summary>
public static class PlanTierFile
{
    /// <summary>A larger file is refused unread.</summary>
    public const int BytesMax = 1024 * 1024;

    private const string DayForm = "yyyy-MM-dd";

    /// <summary>Reads a file's content.</summary>
    public static PlanTierReading Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var cursor = new CatalogCursor(json) { Where = "the file" };
            var tiers = ReadAll(ref cursor);
            return PlanTierRules.Refusal(tiers) is { } wrong ? new(null, wrong) : new(tiers, null);
        }
        catch (FormatException refusal)
        {
            return new(null, refusal.Message);
        }
    }

    /// <summary>Reads a file from disk; one that cannot be read is refused as well.</summary>
    public static PlanTierReading Load(string path)
    {
        var (json, unread) = PriceFile.Load(path, BytesMax);
        var reading = json is null ? new(null, unread) : Read(json);
        return reading.Refusal is { } refusal ? new(null, $"{path}: {refusal}") : reading;
    }

    private static List<PlanTier> ReadAll(ref CatalogCursor cursor)
    {
        List<PlanTier>? tiers = null;
        cursor.Object();
        while (cursor.Member())
        {
            tiers = cursor.Is("tiers"u8) && tiers is null ? ReadTiers(ref cursor) : throw cursor.Unknown();
            cursor.Where = "the file";
        }

        cursor.End();
        return tiers ?? throw cursor.Refuse("it has no tiers");
    }

    private static List<PlanTier> ReadTiers(ref CatalogCursor cursor)
    {
        var tiers = new List<PlanTier>();
        cursor.List();
        while (cursor.NextObject())
        {
            cursor.Where = $"tier {tiers.Count + 1}";
            tiers.Add(ReadTier(ref cursor));
        }

        return tiers;
    }

    private static PlanTier ReadTier(ref CatalogCursor cursor)
    {
        var where = cursor.Where;
        var (provider, name, label) = (string.Empty, string.Empty, string.Empty);
        Usd? cost = null;
        PlanCapacity? capacity = null;
        var overage = Overage.ApiPrice;
        (DateOnly? from, DateOnly? to) = (null, null);
        while (cursor.Member())
        {
            if (cursor.Is("provider"u8)) provider = cursor.Text();
            else if (cursor.Is("name"u8)) name = cursor.Text();
            else if (cursor.Is("label"u8)) label = cursor.Text();
            else if (cursor.Is("monthly_cost"u8)) cost = cursor.Dollars("monthly_cost");
            else if (cursor.Is("capacity"u8)) capacity = cursor.TakeNull() ? null : ReadCapacity(ref cursor);
            else if (cursor.Is("overage"u8)) overage = OverageOf(ref cursor);
            else if (cursor.Is("from"u8)) from = DayOf(ref cursor);
            else if (cursor.Is("to"u8)) to = DayOf(ref cursor);
            else throw cursor.Unknown();

            cursor.Where = provider.Length > 0 && name.Length > 0 ? $"{where}, {CatalogCursor.Shorten($"{provider}/{name}")}" : where;
        }

        return new()
        {
            Provider = provider,
            Name = name,
            Label = label,
            MonthlyCost = cost ?? throw cursor.Refuse("it has no monthly_cost"),
            Capacity = capacity,
            Overage = overage,
            From = from,
            To = to,
        };
    }

    private static PlanCapacity ReadCapacity(ref CatalogCursor cursor)
    {
        (Usd? Amount, bool IsTold) amount = default;
        CapacityWindow? window = null;
        var basis = PlanCapacity.Assumed;
        cursor.Object();
        while (cursor.Member())
        {
            if (cursor.Is("amount"u8)) amount = (cursor.TakeNull() ? null : cursor.Dollars("amount"), true);
            else if (cursor.Is("window"u8)) window = WindowOf(ref cursor);
            else if (cursor.Is("basis"u8)) basis = cursor.Text();
            else throw cursor.Unknown();
        }

        return amount.IsTold
            ? new(amount.Amount, window ?? throw cursor.Refuse("its capacity has no window"), basis)
            : throw cursor.Refuse("its capacity has no amount; null is any amount");
    }

    private static CapacityWindow WindowOf(ref CatalogCursor cursor) => cursor.Text() switch
    {
        "month" => CapacityWindow.Month,
        "week" => CapacityWindow.Week,
        "five_hours" => CapacityWindow.FiveHours,
        _ => throw cursor.Refuse("a window is month, week or five_hours"),
    };

    private static Overage OverageOf(ref CatalogCursor cursor) => cursor.Text() switch
    {
        "api_price" => Overage.ApiPrice,
        "blocked" => Overage.Blocked,
        _ => throw cursor.Refuse("overage is api_price or blocked"),
    };

    private static DateOnly? DayOf(ref CatalogCursor cursor)
    {
        if (cursor.TakeNull())
        {
            return null;
        }

        return DateOnly.TryParseExact(cursor.Text(), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw cursor.Refuse($"{cursor.Name()} is no day such as 2026-01-31");
    }
}
