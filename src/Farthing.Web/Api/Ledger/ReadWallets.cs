using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Api.Ledger;

/// <summary>GET /wallets, /wallets/{id} and /wallets/{id}/balance.</summary>
internal static class ReadWallets
{
    /// <summary>Lists wallets by id.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="owner">Only those of this owner: <c>org</c>, or kind and id as in <c>team:ID</c>.</param>
    /// <param name="owing">Only those that owe.</param>
    /// <param name="pages">What the caller may see.</param>
    /// <param name="ledger">Reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Results<Ok<PageAnswer<WalletAnswer>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, string? owner, [FromQuery(Name = "owing")] bool? owing, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken)
    {
        var asked = page.Check(BodyFields.CanBeId);
        if ((asked.Problem ?? CheckOwner(owner)) is { } problem)
        {
            return problem.ToHttp();
        }

        var query = pages.All;
        if (owner is not null)
        {
            var named = OwnerOf(owner);
            query = query with { Owners = query.Owners?.Contains(named) is false ? [] : [named] };
        }

        return await pages.ListByIdAsync(
            query with { OnlyOwing = owing is true }, asked.Value, ledger.WalletsAsync, WalletAnswer.Of, static balance => balance.Wallet.Id, cancellationToken);
    }

    /// <summary>One wallet.</summary>
    public static Task<Results<Ok<WalletAnswer>, ProblemHttpResult>> FindAsync(
        string id, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        ShowAsync(id, pages, ledger, WalletAnswer.Of, cancellationToken);

    /// <summary>What is in one wallet.</summary>
    public static Task<Results<Ok<BalanceAnswer>, ProblemHttpResult>> BalanceAsync(
        string id, LedgerPages pages, ILedgerQueries ledger, CancellationToken cancellationToken) =>
        ShowAsync(id, pages, ledger, BalanceAnswer.Of, cancellationToken);

    private static async Task<Results<Ok<T>, ProblemHttpResult>> ShowAsync<T>(
        string id, LedgerPages pages, ILedgerQueries ledger, Func<WalletBalance, T> answer, CancellationToken cancellationToken)
    {
        var found = await pages.FindWalletAsync(id, ledger, cancellationToken);
        return found.Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(answer(found.Value));
    }

    private static Problem? CheckOwner(string? owner) =>
        owner is null or VisibleWallets.OrgKind || (WalletWords.Kinds.Any(kind => owner.StartsWith(kind.Word + ':', StringComparison.Ordinal))
            && owner.Length <= WebLimits.TextLengthMax && !owner.Any(char.IsControl))
            ? null
            : Problem.Invalid("owner", $"'owner' is '{VisibleWallets.OrgKind}', or a kind and an id: 'team:ID', 'engineer:ID', 'user:ID'.");

    private static WalletOwner OwnerOf(string owner) =>
        owner.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? new(owner[..at], owner[(at + 1)..]) : new(owner, string.Empty);
}
