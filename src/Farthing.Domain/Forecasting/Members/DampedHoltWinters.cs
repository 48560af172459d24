using System.Numerics;

namespace Farthing.Domain.Forecasting.Members;

/// <summary>
/// Holt and Winters' additive smoothing of level, damped trend and week. Its four shares are the best of a grid of 168 in
/// hindsight, all of which run side by side in one pass: no optimiser, the same answer everywhere.
/// </summary>
internal sealed class DampedHoltWinters
{
    /// <summary>The least days it is asked for.</summary>
    public const int DaysMin = 56;

    private const int Week = 7;
    private const int StartWeeks = 4;
    private const int UnsettledDays = 10;
    private static readonly double[] LevelShares = [0.02, 0.05, 0.10, 0.20, 0.35, 0.50, 0.80];
    private static readonly double[] TrendShares = [0, 0.01, 0.05, 0.15];
    private static readonly double[] SeasonShares = [0.02, 0.10, 0.25];
    private static readonly double[] Dampings = [0.90, 0.98];
    private static readonly Grid Combinations = new();

    private readonly State state = new();
    private readonly State kept = new();
    private int best;
    private int daysSeen;
    private int daysKept;

    /// <summary>Fits the grid.</summary>
    /// <param name="days">The cleaned history; at least four weeks.</param>
    public void Fit(ReadOnlySpan<double> days)
    {
        Start(days);
        Take(days, 0);
    }

    /// <summary>
    /// Fits the grid to a history that begins like the one of the last call. Days that were more than ten days old then are
    /// not taken again, though cleaning may see them a little differently by now: trying a method from forty days of the past
    /// costs little more than fitting it once.
    /// </summary>
    /// <param name="days">The cleaned history, no shorter than that of the last call.</param>
    public void FitOn(ReadOnlySpan<double> days)
    {
        if (daysKept == 0)
        {
            Start(days);
        }
        else
        {
            kept.CopyTo(state);
        }

        var settled = Math.Max(daysKept, days.Length - UnsettledDays);
        Take(days[..settled], daysKept);
        state.CopyTo(kept);
        daysKept = settled;
        Take(days, settled);
    }

    /// <summary>Forecasts the days that follow the last fit.</summary>
    public void Forecast(Span<double> forecast)
    {
        var (weight, sum) = (1d, 0d);
        for (var ahead = 0; ahead < forecast.Length; ahead++)
        {
            weight *= Combinations.Dampings[best];
            sum += weight;
            forecast[ahead] = state.Levels[best] + (state.Trends[best] * sum)
                + state.Seasons[((daysSeen + ahead) % Week * Grid.Size) + best];
        }
    }

    private void Start(ReadOnlySpan<double> days)
    {
        Span<double> season = stackalloc double[Week];
        season.Clear();
        var level = 0d;
        for (var week = 0; week < StartWeeks; week++)
        {
            var mean = 0d;
            for (var weekday = 0; weekday < Week; weekday++)
            {
                mean += days[(week * Week) + weekday] / Week;
            }

            level = week == 0 ? mean : level;
            for (var weekday = 0; weekday < Week; weekday++)
            {
                season[weekday] += (days[(week * Week) + weekday] - mean) / StartWeeks;
            }
        }

        state.Levels.AsSpan().Fill(level);
        state.Trends.AsSpan().Clear();
        state.Squares.AsSpan().Clear();
        for (var weekday = 0; weekday < Week; weekday++)
        {
            state.Seasons.AsSpan(weekday * Grid.Size, Grid.Size).Fill(season[weekday]);
        }
    }

    /// <summary>Moves every combination over the days from one on, and finds the best of all so far.</summary>
    private void Take(ReadOnlySpan<double> days, int first)
    {
        for (var lane = 0; lane < Grid.Size; lane += Vector<double>.Count)
        {
            Take(days, first, lane);
        }

        daysSeen = days.Length;
        best = 0;
        for (var candidate = 1; candidate < Grid.Size; candidate++)
        {
            best = state.Squares[candidate] < state.Squares[best] ? candidate : best;
        }
    }

    /// <summary>As many combinations as fit a vector.</summary>
    private void Take(ReadOnlySpan<double> days, int first, int lane)
    {
        var level = new Vector<double>(state.Levels, lane);
        var trend = new Vector<double>(state.Trends, lane);
        var squares = new Vector<double>(state.Squares, lane);
        var levelShare = new Vector<double>(Combinations.Levels, lane);
        var trendShare = new Vector<double>(Combinations.Trends, lane);
        var seasonShare = new Vector<double>(Combinations.Seasons, lane);
        var damping = new Vector<double>(Combinations.Dampings, lane);
        var weekday = first % Week;
        for (var day = first; day < days.Length; day++)
        {
            var season = state.Seasons.AsSpan((weekday * Grid.Size) + lane);
            var usual = new Vector<double>(season);
            trend *= damping;
            level += trend;
            var error = new Vector<double>(days[day]) - level - usual;
            squares += error * error;
            level += levelShare * error;
            trend += trendShare * error;
            (usual + (seasonShare * error)).CopyTo(season);
            weekday = weekday == Week - 1 ? 0 : weekday + 1;
        }

        level.CopyTo(state.Levels, lane);
        trend.CopyTo(state.Trends, lane);
        squares.CopyTo(state.Squares, lane);
    }

    /// <summary>Where every combination stands after some days.</summary>
    private sealed class State
    {
        public double[] Levels { get; } = new double[Grid.Size];

        public double[] Trends { get; } = new double[Grid.Size];

        /// <summary>The sum of squared errors so far.</summary>
        public double[] Squares { get; } = new double[Grid.Size];

        /// <summary>All combinations of the first weekday, then of the next.</summary>
        public double[] Seasons { get; } = new double[Grid.Size * Week];

        public void CopyTo(State other)
        {
            Levels.CopyTo(other.Levels, 0);
            Trends.CopyTo(other.Trends, 0);
            Squares.CopyTo(other.Squares, 0);
            Seasons.CopyTo(other.Seasons, 0);
        }
    }

    /// <summary>All combinations, by kind of share.</summary>
    private sealed class Grid
    {
        public const int Size = 168;

        public Grid()
        {
            var at = 0;
            foreach (var level in LevelShares)
            {
                foreach (var trend in TrendShares)
                {
                    foreach (var season in SeasonShares)
                    {
                        foreach (var damping in DampedHoltWinters.Dampings)
                        {
                            (Levels[at], Trends[at], Seasons[at], Dampings[at]) = (level, level * trend, season, damping);
                            at++;
                        }
                    }
                }
            }
        }

        /// <summary>How much of an error moves the level.</summary>
        public double[] Levels { get; } = new double[Size];

        /// <summary>How much of an error moves the trend.</summary>
        public double[] Trends { get; } = new double[Size];

        /// <summary>How much of an error moves the weekday.</summary>
        public double[] Seasons { get; } = new double[Size];

        /// <summary>How much of a trend is left the next day.</summary>
        public double[] Dampings { get; } = new double[Size];
    }
}
