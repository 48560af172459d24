using System.Globalization;
using System.Text;
using Farthing.Web.Dashboard.Frame;
using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Explorer;

/// <summary>The whole state of the explorer, as its address says it. What is as usual is left out.</summary>
public sealed record ExplorerAddress
{
    /// <summary>Where the explorer is.</summary>
    public const string Path = "/explorer";

    /// <summary>Where what it shows over time is as a file.</summary>
    public const string SeriesPath = Path + "/series.csv";

    /// <summary>How many groups may be shown.</summary>
    public static readonly IReadOnlyList<int> Tops = [10, ExploreRequest.UsualTop, 50, ExploreRequest.TopMax];

    /// <summary>What addresses of it say.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        .. SpendAddress.Words,
        AddressWord.Of("by", static value => value.Split(',').All(static word => word.Length == 0 || DimensionWord.Find(word) is not null)),
        AddressWord.Of("show", static value => MetricWord.Find(value) is not null),
        AddressWord.Of("grain", static value => GrainWord.All.Any(word => word.Word == value)),
        AddressWord.Of("sort", static value => value == ByName || MetricWord.Find(value) is not null),
        AddressWord.Of("order", static value => value == Reversed),
        AddressWord.Of("top", static value => TopOf(value) is not null),
    ];

    /// <summary>What a session knows of itself.</summary>
    private static readonly SpendDimension[] OfSessions =
        [SpendDimension.Team, SpendDimension.User, SpendDimension.Project, SpendDimension.Branch, SpendDimension.Agent, SpendDimension.BillingMode];

    private const string ByName = "name";
    private const string Reversed = "up";

    /// <summary>The days and filters.</summary>
    public required SpendAddress Spend { get; init; }

    /// <summary>What it is split by: one to three dimensions.</summary>
    public required IReadOnlyList<SpendDimension> By { get; init; }

    /// <summary>The figure that is shown.</summary>
    public SpendMetric Show { get; init; }

    /// <summary>How time is cut; null for whatever suits.</summary>
    public TimeGrain? Grain { get; init; }

    /// <summary>What lines are ordered by: a figure or names; null for the figure that is shown.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether the order is upside down.</summary>
    public bool IsReversed { get; init; }

    /// <summary>How many groups are shown.</summary>
    public int Top { get; init; } = ExploreRequest.UsualTop;

    /// <summary>What lines are ordered by.</summary>
    public string SortWord => Sort ?? MetricWord.Of(Show).Word;

    /// <summary>The state as the query of an address.</summary>
    public string Query
    {
        get
        {
            var query = new StringBuilder("by=").AppendJoin(',', By.Select(static by => DimensionWord.Of(by).Word));
            Add("show", MetricWord.Of(Show).Word, Show == SpendMetric.Cost);
            Add("grain", GrainWord.Of(Grain).Word, Grain is null);
            Add("sort", SortWord, Sort is null);
            Add("order", Reversed, !IsReversed);
            Add("top", Top.ToString(CultureInfo.InvariantCulture), Top == ExploreRequest.UsualTop);
            return query.Append('&').Append(Spend.Query).ToString();

            void Add(string name, string value, bool isUsual)
            {
                if (!isUsual)
                {
                    query.Append('&').Append(name).Append('=').Append(value);
                }
            }
        }
    }

    /// <summary>The address.</summary>
    public string Link => $"{Path}?{Query}";

    /// <summary>An explorer of some spend by some dimensions, everything else as usual.</summary>
    public static ExplorerAddress Of(SpendAddress spend, params SpendDimension[] by) => new() { Spend = spend, By = by };

    /// <summary>The state that an address says.</summary>
    public static ExplorerAddress Read(IQueryCollection query) => Read(query, SpendAddress.Read(query));

    /// <summary>The state that a form says.</summary>
    public static ExplorerAddress ReadForm(IQueryCollection query) => Read(query, SpendAddress.ReadForm(query));

    /// <summary>The request within the scope of whoever asks.</summary>
    public ExploreRequest ToRequest(Caller caller, DateOnly today)
    {
        var (first, last) = Spend.Span.DaysAt(today);
        return new()
        {
            Within = ScopeRules.Of(caller),
            First = first,
            Last = last,
            By = By,
            Only = Spend.Filters,
            Show = Show,
            Grain = Grain,
            Sort = SortWord == ByName ? null : MetricWord.Find(SortWord)!.Metric,
            IsReversed = IsReversed,
            Top = Top,
        };
    }

    /// <summary>The same ordered by a column; upside down when it is already ordered by it.</summary>
    public ExplorerAddress SortedBy(string word) => this with { Sort = word == MetricWord.Of(Show).Word ? null : word, IsReversed = SortWord == word && !IsReversed };

    /// <summary>
    /// One level deeper: only what has the values of a line, split by the dimensions that are left, or by the next one that
    /// nothing is known of; null when everything is known.
    /// </summary>
    /// <param name="path">The values that the line has of the first dimensions.</param>
    public ExplorerAddress? Below(IReadOnlyList<string> path)
    {
        var spend = SpendOf(path);
        var left = By.Skip(path.Count).ToList();
        if (left.Count == 0)
        {
            left.AddRange(DimensionWord.All.Select(static word => word.By).Where(by => !spend.Has(by)).Take(1));
        }

        return left.Count == 0 ? null : this with { Spend = spend, By = left };
    }

    /// <summary>The spend of a line: the filters of the view, and the values that the line has of the first dimensions.</summary>
    public SpendAddress SpendOf(IReadOnlyList<string> path)
    {
        var spend = Spend;
        for (var level = 0; level < path.Count; level++)
        {
            spend = spend.Only(By[level], path[level]);
        }

        return spend;
    }

    /// <summary>What the cost of a line consists of: sessions where it is split by nothing but what a session knows, calls otherwise.</summary>
    public string PartsOf(IReadOnlyList<string> path) =>
        By.Take(path.Count == 0 ? By.Count : path.Count).All(OfSessions.Contains) ? SpendLinks.DearestSessionsOf(SpendOf(path)) : SpendLinks.CallsOf(SpendOf(path));

    private static ExplorerAddress Read(IQueryCollection query, SpendAddress spend) => new()
    {
        Spend = spend,
        By = ByOf(query),
        Show = MetricWord.Find(query["show"])?.Metric ?? SpendMetric.Cost,
        Grain = GrainWord.Read(query["grain"]).Grain,
        Sort = SortOf(query["sort"], MetricWord.Find(query["show"]) ?? MetricWord.All[0]),
        IsReversed = query["order"] == Reversed,
        Top = TopOf(query["top"]) ?? ExploreRequest.UsualTop,
    };

    private static int? TopOf(string? word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && Tops.Contains(top) ? top : null;

    private static string? SortOf(string? word, MetricWord shown) => word == ByName || (MetricWord.Find(word) is { } metric && metric != shown) ? word : null;

    /// <summary>The dimensions of an address, joined or one by one; models when it names none.</summary>
    private static List<SpendDimension> ByOf(IQueryCollection query)
    {
        var by = query["by"].SelectMany(static words => (words ?? string.Empty).Split(',')).Select(DimensionWord.Find).OfType<DimensionWord>()
            .Select(static word => word.By).Distinct().Take(ExploreRequest.LevelsMax).ToList();
        return by.Count == 0 ? [SpendDimension.Model] : by;
    }
}
