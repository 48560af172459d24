namespace Farthing.Domain.Anomalies;

/// <summary>What an alert is about. Stored by number, never reordered.</summary>
public enum AlertType
{
    /// <summary>More friction than usual.</summary>
    FrictionSpike,

    /// <summary>Fewer sessions than usual.</summary>
    UsageDrop,

    /// <summary>More spend than usual.</summary>
    CostSpikeWarning,

    /// <summary>Far more spend than usual.</summary>
    CostSpikeCritical,

    /// <summary>Fewer successes than usual.</summary>
    SuccessRateDrop,
}

/// <summary>How bad it is, from good to bad.</summary>
public enum Severity
{
    /// <summary>Nothing to tell.</summary>
    None,

    /// <summary>Look at it.</summary>
    Warning,

    /// <summary>Look at it now.</summary>
    Critical,
}

/// <summary>The names of alert types on the wire, and the thresholds that hold when nobody set any.</summary>
public static class AlertTypes
{
    private static readonly (AlertType Type, string Name, decimal Threshold)[] Table =
    [
        (AlertType.FrictionSpike, "friction_spike", 2m),
        (AlertType.UsageDrop, "usage_drop", 0.5m),
        (AlertType.CostSpikeWarning, "cost_spike_warning", 2m),
        (AlertType.CostSpikeCritical, "cost_spike_critical", 3m),
        (AlertType.SuccessRateDrop, "success_rate_drop", 20m),
    ];

    /// <summary>All types in the order of their numbers.</summary>
    public static IReadOnlyList<AlertType> All { get; } = Array.ConvertAll(Table, static line => line.Type);

    /// <summary>The name on the wire: <c>usage_drop</c>.</summary>
    public static string NameOf(AlertType type) => Table[(int)type].Name;

    /// <summary>
    /// The threshold when none was set: a factor of the usual for spikes and <see cref="AlertType.UsageDrop"/>, percentage
    /// points for <see cref="AlertType.SuccessRateDrop"/>.
    /// </summary>
    public static decimal DefaultThreshold(AlertType type) => Table[(int)type].Threshold;

    /// <summary>Reads a name on the wire.</summary>
    public static bool TryParse(string name, out AlertType type)
    {
        var index = Array.FindIndex(Table, line => string.Equals(line.Name, name, StringComparison.Ordinal));
        type = (AlertType)Math.Max(index, 0);
        return index >= 0;
    }
}
