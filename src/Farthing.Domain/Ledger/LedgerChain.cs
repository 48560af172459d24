using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Farthing.Domain.Ledger;

/// <summary>The last link of an organisation's chain.</summary>
/// <param name="Sequence">The number of the last transaction; 0 before the first.</param>
/// <param name="Hash">Its hash; empty before the first.</param>
/// <param name="BookedAt">When it was booked; time never goes back behind it.</param>
public readonly record struct ChainHead(long Sequence, ReadOnlyMemory<byte> Hash, DateTimeOffset BookedAt)
{
    /// <summary>Before the first transaction.</summary>
    public static ChainHead Start => new(0, ReadOnlyMemory<byte>.Empty, DateTimeOffset.UnixEpoch);
}

/// <summary>A transaction with its place in its organisation's chain.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Sequence">Its number: 1, 2, 3 … without a gap.</param>
/// <param name="Hash">32 bytes over everything in it and over the hash in front of it.</param>
public sealed record SealedTransaction(Transaction Transaction, long Sequence, ReadOnlyMemory<byte> Hash);

/// <summary>
/// Seals transactions: SHA-256 over the hash in front and every field, each with its length before it, so that no two
/// contents have the same bytes. Whoever changes, removes or inserts one breaks every hash behind it.
/// </summary>
public static class LedgerChain
{
    private const int TicksPerMicrosecond = 10;

    /// <summary>Bytes that most transactions fit into.</summary>
    private const int ContentUsual = 768;

    /// <summary>Puts a transaction behind the head.</summary>
    public static SealedTransaction Seal(in ChainHead head, Transaction transaction)
    {
        var sequence = head.Sequence + 1;
        return new(transaction, sequence, Hash(head.Hash.Span, sequence, transaction));
    }

    /// <summary>The head after a sealed transaction.</summary>
    public static ChainHead HeadAfter(SealedTransaction last) => new(last.Sequence, last.Hash, last.Transaction.BookedAt);

    /// <summary>The hash of a transaction at a place of the chain.</summary>
    /// <param name="previous">The hash in front of it; empty for the first.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="transaction">The transaction.</param>
    public static byte[] Hash(ReadOnlySpan<byte> previous, long sequence, Transaction transaction)
    {
        var content = new ArrayBufferWriter<byte>(ContentUsual);
        Append(content, previous);
        Append(content, sequence);
        foreach (var text in Texts(transaction))
        {
            Append(content, text);
        }

        Append(content, MicrosecondsOf(transaction.BookedAt));
        Append(content, MicrosecondsOf(transaction.ServiceAt));
        Append(content, transaction.Delta.Nanocredits);
        Append(content, transaction.BalanceAfter.Nanocredits);
        Append(content, transaction.Entries.Count);
        foreach (var entry in transaction.Entries)
        {
            Append(content, entry.Account);
            Append(content, (long)entry.Side);
            Append(content, entry.Amount.Nanocredits);
        }

        if (transaction.Period is { } period)
        {
            // Behind the last entry, whose number is known: what is booked in its own month has the bytes that it always had.
            Append(content, period.ToString());
        }

        return SHA256.HashData(content.WrittenSpan);
    }

    /// <summary>
    /// The terms of a grant as the transaction that makes it holds them: SHA-256 over everything of it that never changes,
    /// as lower-case hexadecimal text. So the grant's row is sealed with the chain.
    /// </summary>
    public static string TermsOf(Grant grant)
    {
        var content = new ArrayBufferWriter<byte>(ContentUsual);
        foreach (var text in (ReadOnlySpan<string>)
            [grant.Org, grant.Id, grant.Wallet, grant.Funding, grant.CostBasis.Picodollars.ToString(CultureInfo.InvariantCulture)])
        {
            Append(content, text);
        }

        foreach (var number in (ReadOnlySpan<long>)
            [
                (long)grant.Category, grant.Amount.Nanocredits, grant.Priority, MicrosecondsOf(grant.EffectiveAt),
                grant.ExpiresAt is { } end ? MicrosecondsOf(end) : long.MaxValue, MicrosecondsOf(grant.CreatedAt),
            ])
        {
            Append(content, number);
        }

        foreach (var names in (ReadOnlySpan<IReadOnlyList<string>>)[grant.Applicability.Providers, grant.Applicability.Models, grant.Applicability.Projects])
        {
            Append(content, names.Count);
            foreach (var name in names)
            {
                Append(content, name);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.WrittenSpan));
    }

    /// <summary>An instant as the ledger keeps it.</summary>
    public static long MicrosecondsOf(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond;

    /// <summary>Reads what <see cref="MicrosecondsOf"/> wrote.</summary>
    public static DateTimeOffset InstantOf(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond);

    private static string[] Texts(Transaction transaction) =>
    [
        transaction.Org, transaction.Id, transaction.Key, transaction.Kind, transaction.Wallet, transaction.Source, transaction.ExternalId,
        transaction.Reason, transaction.Actor, transaction.Memo, transaction.Run, transaction.Event, transaction.Reverses,
        transaction.Terms,
    ];

    private static void Append(ArrayBufferWriter<byte> content, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        AppendLength(content, length);
        content.Advance(Encoding.UTF8.GetBytes(text, content.GetSpan(length)));
    }

    private static void Append(ArrayBufferWriter<byte> content, long number)
    {
        AppendLength(content, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(content.GetSpan(sizeof(long)), number);
        content.Advance(sizeof(long));
    }

    private static void Append(ArrayBufferWriter<byte> content, ReadOnlySpan<byte> bytes)
    {
        AppendLength(content, bytes.Length);
        content.Write(bytes);
    }

    private static void AppendLength(ArrayBufferWriter<byte> content, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(content.GetSpan(sizeof(int)), length);
        content.Advance(sizeof(int));
    }
}
