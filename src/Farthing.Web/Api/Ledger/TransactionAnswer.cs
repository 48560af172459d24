using Farthing.Domain.Ledger;

namespace Farthing.Web.Api.Ledger;

/// <summary>One line of a transaction.</summary>
/// <param name="Account">The account.</param>
/// <param name="Side"><c>debit</c> or <c>credit</c>.</param>
/// <param name="Amount">How much; always positive.</param>
internal sealed record EntryAnswer(string Account, string Side, string Amount);

/// <summary>A transaction, in credits.</summary>
internal sealed record TransactionAnswer
{
    public required string Id { get; init; }

    /// <summary>Its number in the organisation; null in the answer that makes it.</summary>
    public required long? Sequence { get; init; }

    public required string Kind { get; init; }

    public required string Wallet { get; init; }

    public required string Source { get; init; }

    public required string ExternalId { get; init; }

    public required string Reason { get; init; }

    public required string Actor { get; init; }

    public required string Memo { get; init; }

    public required string Run { get; init; }

    public required string Event { get; init; }

    public required DateTimeOffset BookedAt { get; init; }

    public required DateTimeOffset ServiceAt { get; init; }

    /// <summary>The month whose books it stands in: that of its booking, or an earlier one.</summary>
    public required string Period { get; init; }

    /// <summary>What it adds to the wallet; negative when it takes.</summary>
    public required string Delta { get; init; }

    /// <summary>The wallet's balance after it.</summary>
    public required string BalanceAfter { get; init; }

    /// <summary>The transaction that it undoes; empty for none.</summary>
    public required string Reverses { get; init; }

    /// <summary>The hash that seals it and everything before it; null in the answer that makes it.</summary>
    public required string? Hash { get; init; }

    public required IReadOnlyList<EntryAnswer> Entries { get; init; }

    /// <summary>Tells a transaction with its place in the chain.</summary>
    public static TransactionAnswer Of(SealedTransaction link) =>
        Of(link.Transaction) with { Sequence = link.Sequence, Hash = Convert.ToHexStringLower(link.Hash.Span) };

    /// <summary>Tells a transaction that is just being made.</summary>
    public static TransactionAnswer Of(Transaction transaction) => new()
    {
        Id = transaction.Id,
        Sequence = null,
        Kind = transaction.Kind,
        Wallet = transaction.Wallet,
        Source = transaction.Source,
        ExternalId = transaction.ExternalId,
        Reason = transaction.Reason,
        Actor = transaction.Actor,
        Memo = transaction.Memo,
        Run = transaction.Run,
        Event = transaction.Event,
        BookedAt = transaction.BookedAt,
        ServiceAt = transaction.ServiceAt,
        Period = transaction.Month.ToString(),
        Delta = transaction.Delta.ToString(),
        BalanceAfter = transaction.BalanceAfter.ToString(),
        Reverses = transaction.Reverses,
        Hash = null,
        Entries = [.. transaction.Entries.Select(static entry =>
            new EntryAnswer(entry.Account, entry.Side == EntrySide.Debit ? "debit" : "credit", entry.Amount.ToString()))],
    };
}
