using System.Text.Json;
using Farthing.Web.Api.Budgets;
using Farthing.Workflows.Budgeting;

namespace Farthing.Web.Api;

/// <summary>What the endpoints of budgets answer, as the bytes that their clients receive; see <see cref="FinopsJson"/>.</summary>
public static class BudgetJson
{
    /// <summary>The body of <c>POST</c> and <c>PATCH</c>.</summary>
    public static byte[] Of(NamedStanding standing) => JsonSerializer.SerializeToUtf8Bytes(BudgetAnswer.Of(standing), ApiJson.Default.BudgetAnswer);

    /// <summary>The body of <c>GET /finops/budgets</c>.</summary>
    public static byte[] Of(IEnumerable<NamedStanding> standings) =>
        JsonSerializer.SerializeToUtf8Bytes([.. standings.Select(BudgetAnswer.Of)], ApiJson.Default.IReadOnlyListBudgetAnswer);
}
