using Farthing.Workflows.Spending;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A dimension of spend as addresses and people name it.</summary>
/// <param name="By">The dimension.</param>
/// <param name="Word">Its name in addresses, the same on every page.</param>
/// <param name="Name">What people call it.</param>
public sealed record DimensionWord(SpendDimension By, string Word, string Name)
{
    /// <summary>All that pages can group and filter by, from the widest to the narrowest.</summary>
    public static IReadOnlyList<DimensionWord> All { get; } =
    [
        new(SpendDimension.Team, "team", "Team"),
        new(SpendDimension.User, "engineer", "Engineer"),
        new(SpendDimension.Project, "project", "Project"),
        new(SpendDimension.Model, "model", "Model"),
        new(SpendDimension.Provider, "provider", "Provider"),
        new(SpendDimension.Agent, "agent", "Agent"),
        new(SpendDimension.Branch, "branch", "Branch"),
        new(SpendDimension.Plan, "plan", "Plan"),
        new(SpendDimension.Role, "role", "Role"),
        new(SpendDimension.BillingMode, "billing", "Billing mode"),
        new(SpendDimension.ApiKey, "key", "API key"),
    ];

    /// <summary>The one of a dimension.</summary>
    public static DimensionWord Of(SpendDimension by) => All.First(word => word.By == by);

    /// <summary>The one of a word; null for any other word.</summary>
    public static DimensionWord? Find(string word) => All.FirstOrDefault(one => one.Word == word);

    /// <summary>What stands for calls that do not tell.</summary>
    public const string NoneGiven = "(none given)";

    /// <summary>A value's name as it is shown.</summary>
    public static string Shown(string name) => name.Length == 0 ? NoneGiven : name;
}
