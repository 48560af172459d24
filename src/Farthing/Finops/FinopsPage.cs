using System.Globalization;
using Farthing.Reports;

namespace Farthing.Finops;

/// <summary>What pages about where spend goes have in common: whose and when above, how sure the figures are below.</summary>
internal static class FinopsPage
{
    private const int CentsMin = 1;
    private const decimal Hundred = 100;

    /// <summary>The line above: what it is, which days, whose.</summary>
    public static void Head(ReportPage page, string title, string days, FinopsChoices choices, params IEnumerable<string> details) =>
        page.Head(title, [days, choices.Zone.Id, choices.Team is { } team ? $"team {team}" : string.Empty, PlaceOf(choices), .. details]);

    /// <summary>Says that there is nothing to show, and why.</summary>
    /// <param name="page">Where.</param>
    /// <param name="choices">Which calls were asked for.</param>
    /// <param name="preparation">What was looked at.</param>
    /// <param name="whose">Whose, as a kind and a name: <c>project demo</c>; empty for all.</param>
    public static void Empty(ReportPage page, FinopsChoices choices, Preparation preparation, string whose = "")
    {
        if (choices.Server is null)
        {
            page.Empty(preparation, new() { Zone = choices.Zone, Since = choices.Since, Until = choices.Until }, DisplayText.Clean(whose));
        }
        else
        {
            page.Say($"{PlaceOf(choices)} knows no calls of that time that the key may see.");
        }
    }

    /// <summary>Says what of the calls is in the figures only for part, or not at all.</summary>
    public static void Notes(ReportPage page, PricingFigures pricing)
    {
        if (pricing.Estimated.Calls > 0)
        {
            page.Note($"{DisplayText.Counted(pricing.Estimated.Calls, "call")} of models without a known price {(pricing.Estimated.Calls == 1 ? "is" : "are")} not in the amounts; a stand-in price would add {Dollars(pricing.Estimated.Amount ?? 0)}.");
        }

        if (pricing.Unpriced.Calls > 0)
        {
            page.Note($"{DisplayText.Counted(pricing.Unpriced.Calls, "call")} without any price {(pricing.Unpriced.Calls == 1 ? "is" : "are")} not in the amounts.");
        }
    }

    /// <summary>Dollars with cents: <c>$1,234.50</c>, <c>-$0.20</c>; an amount below a cent has four decimals.</summary>
    public static string Dollars(decimal amount)
    {
        var form = amount != 0 && Math.Abs(amount) * Hundred < CentsMin ? "N4" : "N2";
        var digits = Math.Abs(amount).ToString(form, CultureInfo.InvariantCulture);
        return amount < 0 && digits.AsSpan().ContainsAnyInRange('1', '9') ? $"-${digits}" : $"${digits}";
    }

    /// <summary>A share of one as a percentage with one decimal; empty when it is not known.</summary>
    public static string Percent(decimal? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * Hundred:N1}%") : string.Empty;

    /// <summary>What a person is called; whoever works on this machine has no name in its logs.</summary>
    public static string Person(string id, string name) => id switch
    {
        OwnCalls.Owner when name == OwnCalls.Owner => "this machine",
        _ => DisplayText.Clean(name.Length > 0 ? name : id),
    };

    /// <summary>The server that was asked; empty for this machine.</summary>
    public static string PlaceOf(FinopsChoices choices) => choices.Server is { } server ? server.Authority : string.Empty;
}
