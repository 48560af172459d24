namespace Farthing.Workflows.Spending;

/// <summary>Gathers what belongs to one line of a report.</summary>
internal sealed class SpendLineBuilder(string name)
{
    private readonly Dictionary<string, SpendLineBuilder> models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpendLineBuilder> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpendLineBuilder> projects = new(StringComparer.Ordinal);
    private readonly List<string> agents = [];
    private SpendSum sum;
    private DateTimeOffset? firstAt;
    private DateTimeOffset? lastAt;

    /// <summary>Adds calls of one agent and model.</summary>
    public void Add(string agent, string model, in SpendSum part)
    {
        sum += part;
        Of(models, model).sum += part;
        if (!agents.Contains(agent, StringComparer.Ordinal))
        {
            agents.Add(agent);
        }
    }

    /// <summary>Adds what another line holds, by model.</summary>
    public void Add(SpendLine line)
    {
        foreach (var model in line.Models)
        {
            sum += model.Sum;
            Of(models, model.Name).sum += model.Sum;
        }
    }

    /// <summary>Adds calls, also to their group when the report is grouped.</summary>
    public void Add(SpendRow row, SpendDimension? by)
    {
        var part = SpendSum.Of(row);
        Add(row.Agent, row.Model, part);
        if (by is { } dimension)
        {
            Of(groups, KeyOf(row, dimension)).Add(row.Agent, row.Model, part);
        }
    }

    /// <summary>Adds one call, also to its group when the report is grouped.</summary>
    public void Add(PricedCall call, SpendDimension? by)
    {
        var part = SpendSum.Of(call);
        var dimensions = call.Usage.Dimensions;
        Add(dimensions.Agent, dimensions.ReportedModelName, part);
        if (by is { } dimension)
        {
            Of(groups, KeyOf(call, dimension)).Add(dimensions.Agent, dimensions.Model, part);
        }
    }

    /// <summary>Adds calls of a session, which also has a time and a place.</summary>
    public void AddSession(SpendRow row, SpendDimension? by)
    {
        Add(row, by);
        Of(projects, row.Project).sum += SpendSum.Of(row);
        firstAt = firstAt is null || row.FirstAt < firstAt ? row.FirstAt ?? firstAt : firstAt;
        lastAt = lastAt is null || row.LastAt > lastAt ? row.LastAt ?? lastAt : lastAt;
    }

    /// <summary>The line. Groups by agent stand in ordinal order, all others dearest first.</summary>
    public SpendLine Build(SpendDimension? by = null)
    {
        agents.Sort(StringComparer.Ordinal);
        return new()
        {
            Name = name,
            Sum = sum,
            Agents = agents,
            Models = Build(models, byName: false),
            Groups = Build(groups, by == SpendDimension.Agent),
            Project = MostCalls(),
            FirstAt = firstAt,
            LastAt = lastAt,
        };
    }

    /// <summary>Finds or starts a line.</summary>
    public static SpendLineBuilder Of(Dictionary<string, SpendLineBuilder> lines, string name)
    {
        if (!lines.TryGetValue(name, out var line))
        {
            line = new(name);
            lines.Add(name, line);
        }

        return line;
    }

    /// <summary>Orders lines by cost with estimates, dearest first, then by name.</summary>
    public static int DearestFirst(SpendLine left, SpendLine right) =>
        (right.Sum.BestCost.CompareTo(left.Sum.BestCost), string.CompareOrdinal(left.Name, right.Name)) switch
        {
            (0, var byName) => byName,
            (var byCost, _) => byCost,
        };

    private static List<SpendLine> Build(Dictionary<string, SpendLineBuilder> builders, bool byName)
    {
        var lines = new List<SpendLine>(builders.Count);
        foreach (var builder in builders.Values)
        {
            lines.Add(builder.Build());
        }

        lines.Sort(byName ? static (left, right) => string.CompareOrdinal(left.Name, right.Name) : DearestFirst);
        return lines;
    }

    private string MostCalls()
    {
        var best = string.Empty;
        long calls = 0;
        foreach (var (project, line) in projects)
        {
            var more = line.sum.Calls.CompareTo(calls);
            if (more > 0 || (more == 0 && string.CompareOrdinal(project, best) < 0))
            {
                (best, calls) = (project, line.sum.Calls);
            }
        }

        return best;
    }

    private static string KeyOf(SpendRow row, SpendDimension by) => by switch
    {
        SpendDimension.Agent => row.Agent,
        SpendDimension.Model => row.Model,
        SpendDimension.Project => row.Project,
        SpendDimension.Branch => row.Branch,
        SpendDimension.Session => row.Session,
        SpendDimension.Plan => row.Plan,
        SpendDimension.Role => row.Role,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "There is no such dimension."),
    };

    private static string KeyOf(PricedCall call, SpendDimension by) => by switch
    {
        SpendDimension.Agent => call.Usage.Dimensions.Agent,
        SpendDimension.Model => call.Usage.Dimensions.ReportedModelName,
        SpendDimension.Project => call.Usage.Dimensions.Project,
        SpendDimension.Branch => call.Usage.Dimensions.Branch,
        SpendDimension.Session => call.Usage.Session.Key,
        SpendDimension.Plan => call.Usage.Dimensions.Plan,
        SpendDimension.Role => call.Usage.Dimensions.Role,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "There is no such dimension."),
    };
}
