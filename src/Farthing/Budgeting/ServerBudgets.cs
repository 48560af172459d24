using System.Text.Json;
using Farthing.Finops;

namespace Farthing.Budgeting;

/// <summary>The budgets of a server.</summary>
/// <param name="client">The server.</param>
internal sealed class ServerBudgets(ServerClient client) : IBudgetDesk
{
    private const string Path = "finops/budgets";
    private const int PagesMax = 20;

    /// <inheritdoc/>
    public async Task<byte[]> ListAsync(string? team, CancellationToken cancellationToken)
    {
        var pages = new List<byte[]>();
        string? after = null;
        while (pages.Count < PagesMax)
        {
            var reply = await client.SendAsync(HttpMethod.Get, ServerAnswers.Path(Path, ("team_id", team), ("after", after)), body: null, cancellationToken);
            pages.Add(reply.Body);
            if (reply.Next is null || AnswerJson.Read(reply.Body, BudgetFiguresJson.Default.ListBudgetFigures) is not [.., var last])
            {
                break;
            }

            after = last.Id;
        }

        return AnswerJson.Join(pages);
    }

    /// <inheritdoc/>
    public async Task<byte[]> CreateAsync(BudgetWish wish, CancellationToken cancellationToken) =>
        (await client.SendAsync(HttpMethod.Post, Path, BodyOf(wish), cancellationToken)).Body;

    /// <inheritdoc/>
    public async Task<byte[]> ChangeAsync(string id, BudgetWish wish, CancellationToken cancellationToken) =>
        (await client.SendAsync(HttpMethod.Patch, PathOf(id), BodyOf(wish), cancellationToken)).Body;

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => client.SendAsync(HttpMethod.Delete, PathOf(id), body: null, cancellationToken);

    private static string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    private static byte[] BodyOf(BudgetWish wish) => JsonSerializer.SerializeToUtf8Bytes(wish, BudgetFiguresJson.Default.BudgetWish);
}
