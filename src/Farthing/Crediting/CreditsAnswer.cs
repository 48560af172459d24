using Farthing.Domain.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Crediting;

/// <summary>The answer to <c>farthing credits</c>.</summary>
/// <param name="Wallets">The wallets, by id.</param>
/// <param name="Expiring">What of a single wallet will expire, the next first; empty for several wallets.</param>
/// <param name="CentsPerCredit">The price of one credit in US cents.</param>
/// <param name="Zone">Whose clock is shown.</param>
internal sealed record CreditsAnswer(
    IReadOnlyList<WalletBalance> Wallets, IReadOnlyList<GrantBalance> Expiring, int CentsPerCredit, TimeZoneInfo Zone);
