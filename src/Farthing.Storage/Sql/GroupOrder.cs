using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sql;

/// <summary>The order of the rows of an answer: by day, then by labels, ordinal.</summary>
internal static class GroupOrder
{
    /// <summary>Compares two groups.</summary>
    public static int Compare(SpendGroup left, SpendGroup right)
    {
        var order = left.Day.CompareTo(right.Day);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Team, right.Team);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.User, right.User);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Agent, right.Agent);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Project, right.Project);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Branch, right.Branch);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Session, right.Session);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Plan, right.Plan);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Role, right.Role);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Provider, right.Provider);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.Model, right.Model);
        order = order != 0 ? order : OrdinalText.CompareTexts(left.BillingMode, right.BillingMode);
        return order != 0 ? order : OrdinalText.CompareTexts(left.ApiKey, right.ApiKey);
    }
}
