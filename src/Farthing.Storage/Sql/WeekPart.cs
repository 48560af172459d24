namespace Farthing.Storage.Sql;

/// <summary>Whole weeks, or days at a border of a span that is no border of weeks.</summary>
/// <param name="AreWeeks">Whether it is weeks, by their first days; else days.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one.</param>
/// <param name="Into">The span that they are added to; null for none.</param>
/// <param name="OutOf">The span whose weeks hold them as well, from which they are taken away again; null for none.</param>
internal readonly record struct WeekPart(bool AreWeeks, int First, int Last, int? Into, int? OutOf)
{
    /// <summary>
    /// Spans, one behind the other, as whole weeks: each border of theirs is moved to the nearest border of weeks, and the days
    /// between the two are read by themselves. Sums are exact, so it is the same.
    /// </summary>
    /// <param name="firstDays">The first day of each span.</param>
    /// <param name="last">The last day of the last one; before its first one when there is none.</param>
    /// <param name="newest">The newest day with anything; behind it there is nothing to take away.</param>
    public static IEnumerable<WeekPart> Of(IReadOnlyList<int> firstDays, int last, int newest)
    {
        int[] meant = [.. firstDays, last + 1];
        int[] held = [.. firstDays.Select(Nearest), EndOf(last, newest)];
        var moved = MovedOf(meant, held, Math.Max(last, newest)).ToList();
        var spans = Enumerable.Range(0, firstDays.Count);
        var parts = moved.Sum(static part => part.Last - part.First + 1) > last - firstDays[0]
            ? spans.Select(span => new WeekPart(AreWeeks: false, meant[span], meant[span + 1] - 1, span, null))
            : spans.Select(span => new WeekPart(AreWeeks: true, held[span], held[span + 1] - 1, span, null)).Concat(moved);
        return parts.Where(static part => part.First <= part.Last);
    }

    private static int Nearest(int day)
    {
        var (outer, inner) = (RollupLevel.WeekOf(day), RollupLevel.WeekBehind(day));
        return day - outer <= inner - day ? outer : inner;
    }

    /// <summary>The border of weeks behind the last day for which fewer days are read that have anything.</summary>
    private static int EndOf(int last, int newest)
    {
        var (inner, outer) = (RollupLevel.WeekOf(last + 1), RollupLevel.WeekBehind(last));
        var filled = Math.Clamp(newest + 1, last + 1, outer);
        return filled - (last + 1) <= last + 1 - inner ? outer : inner;
    }

    /// <summary>The days that lie in the weeks of another span than they belong to.</summary>
    private static IEnumerable<WeekPart> MovedOf(int[] meant, int[] held, int newest)
    {
        int[] borders = [.. meant.Concat(held).Select(border => Math.Min(border, newest + 1)).Distinct().Order()];
        for (var index = 1; index < borders.Length; index++)
        {
            var first = borders[index - 1];
            var (into, outOf) = (SpanOf(meant, first), SpanOf(held, first));
            if (into != outOf)
            {
                yield return new(AreWeeks: false, first, borders[index] - 1, into, outOf);
            }
        }
    }

    private static int? SpanOf(int[] borders, int day)
    {
        var span = borders.Length - 1;
        while (span >= 0 && borders[span] > day)
        {
            span--;
        }

        return span >= 0 && span < borders.Length - 1 ? span : null;
    }
}
