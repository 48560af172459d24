using System.Buffers.Binary;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;

namespace Farthing.Storage.Sqlite;

/// <summary>Keeps every rate card that priced an event once, by its content, and reads it back.</summary>
internal sealed class RateCardTable
{
    private const int LoadedMax = 4_096;

    private readonly Connection connection;
    private readonly Interned<RateCard> ids;
    private readonly Dictionary<int, RateCard> loaded = [];

    public RateCardTable(Connection connection)
    {
        this.connection = connection;
        ids = new(FindOrInsert, ReferenceEqualityComparer.Instance);
    }

    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO rate_cards (hash, status, content) VALUES (?1, ?2, ?3)
        ON CONFLICT (hash) DO NOTHING
        RETURNING id
        """u8);

    private Statement Select => field ??= connection.Prepare("SELECT id FROM rate_cards WHERE hash = ?1"u8);

    private Statement SelectById => field ??= connection.Prepare("SELECT content FROM rate_cards WHERE id = ?1"u8);

    /// <summary>The number of a card; it is given one if it is new.</summary>
    public int IdOf(RateCard card) => ids.IdOf(card);

    /// <summary>The card of a number.</summary>
    public RateCard this[int id]
    {
        get
        {
            if (!loaded.TryGetValue(id, out var card))
            {
                if (loaded.Count >= LoadedMax)
                {
                    loaded.Clear();
                }

                loaded[id] = card = Load(id);
            }

            return card;
        }
    }

    /// <summary>The pricing status of every card, by number.</summary>
    public PricingStatus[] ReadStatuses()
    {
        var statuses = new PricingStatus[(connection.Scalar("SELECT max(id) FROM rate_cards"u8) ?? 0) + 1];
        using var cards = connection.Prepare("SELECT id, status FROM rate_cards"u8);
        while (cards.Step())
        {
            statuses[cards.Small(0)] = (PricingStatus)cards.Small(1);
        }

        return statuses;
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget()
    {
        ids.Forget();
        loaded.Clear();
    }

    private int FindOrInsert(RateCard card)
    {
        Span<byte> hash = stackalloc byte[EventId.Size];
        BinaryPrimitives.WriteUInt128BigEndian(hash, card.Hash);
        Insert.Bind(1, hash);
        Insert.Bind(2, (int)card.Status);
        Insert.Bind(3, card.ToString());
        if (Insert.TakeId() is { } inserted)
        {
            return inserted;
        }

        Select.Bind(1, hash);
        return Select.TakeId() ?? throw new InvalidOperationException("A rate card that exists cannot be found.");
    }

    private RateCard Load(int id)
    {
        SelectById.Bind(1, id);
        var card = SelectById.Step()
            ? RateCard.Parse(SelectById.Text(0))
            : throw new StorageFailedException($"The database {connection.Path} is damaged: rate card {id} is missing.");
        SelectById.Reset();
        return card;
    }
}
