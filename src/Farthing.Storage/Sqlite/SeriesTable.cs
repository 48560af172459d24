using Farthing.Domain.Usage;
using Farthing.Storage.Sql;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Access;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Sqlite;

/// <summary>Numbers the distinct combinations of dimensions, and tells the dimensions of a number.</summary>
internal sealed class SeriesTable
{
    private const int LoadedMax = 65_536;

    private readonly Connection connection;
    private readonly Interned<Dimensions> ids;
    private readonly Dictionary<int, Dimensions> loaded = [];

    public SeriesTable(Connection connection)
    {
        this.connection = connection;
        ids = new(FindOrInsert, EqualityComparer<Dimensions>.Default);
    }

    private Statement Insert => field ??= connection.Prepare(
        """
        INSERT INTO series (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed, api_key)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT DO NOTHING
        RETURNING id
        """u8);

    // "user" is a reserved word elsewhere; bare in quotes SQLite would take it for a text where the column is missing.
    private Statement Select => field ??= connection.Prepare(
        """
        SELECT id FROM series
        WHERE org = ?1 AND agent = ?2 AND project = ?3 AND branch = ?4 AND model = ?5 AND provider = ?6 AND team = ?7
          AND series."user" = ?8 AND plan = ?9 AND model_pack = ?10 AND role = ?11 AND environment = ?12 AND billing_mode = ?13 AND speed = ?14
          AND api_key = ?15
        """u8);

    private Statement SelectById => field ??= connection.Prepare(
        """
        SELECT org, agent, project, branch, model, provider, team, series."user", plan, model_pack, role, environment, billing_mode, speed, api_key
        FROM series WHERE id = ?1
        """u8);

    /// <summary>The number of a combination; it is given one if it is new.</summary>
    public int IdOf(Dimensions dimensions) => ids.IdOf(dimensions);

    /// <summary>The combination of a number.</summary>
    public Dimensions this[int id]
    {
        get
        {
            if (!loaded.TryGetValue(id, out var dimensions))
            {
                if (loaded.Count >= LoadedMax)
                {
                    loaded.Clear();
                }

                loaded[id] = dimensions = Load(id);
            }

            return dimensions;
        }
    }

    /// <summary>The values that the series of a scope have of each dimension.</summary>
    public static IReadOnlyList<SpendValue> ReadValues(Connection connection, Scope within, int limit)
    {
        var values = new List<SpendValue>();
        using var rows = connection.Prepare(SeriesText.Values(within, limit));
        while (rows.Step())
        {
            values.Add(SeriesText.ReadValue(rows));
        }

        return SeriesText.InOrder(values);
    }

    /// <summary>Forgets what it remembers: the table may have changed.</summary>
    public void Forget()
    {
        ids.Forget();
        loaded.Clear();
    }

    private static void Bind(Statement statement, Dimensions dimensions)
    {
        statement.Bind(1, dimensions.Org);
        statement.Bind(2, dimensions.Agent);
        statement.Bind(3, dimensions.Project);
        statement.Bind(4, dimensions.Branch);
        statement.Bind(5, dimensions.Model);
        statement.Bind(6, dimensions.Provider);
        statement.Bind(7, dimensions.Team);
        statement.Bind(8, dimensions.User);
        statement.Bind(9, dimensions.Plan);
        statement.Bind(10, dimensions.ModelPack);
        statement.Bind(11, dimensions.Role);
        statement.Bind(12, dimensions.Environment);
        statement.Bind(13, dimensions.BillingMode);
        statement.Bind(14, dimensions.Speed);
        statement.Bind(15, dimensions.ApiKey);
    }

    private static Dimensions FromRow(Statement row) => new()
    {
        Org = row.Text(0),
        Agent = row.Text(1),
        Project = row.Text(2),
        Branch = row.Text(3),
        Model = row.Text(4),
        Provider = row.Text(5),
        Team = row.Text(6),
        User = row.Text(7),
        Plan = row.Text(8),
        ModelPack = row.Text(9),
        Role = row.Text(10),
        Environment = row.Text(11),
        BillingMode = row.Text(12),
        Speed = row.Text(13),
        ApiKey = row.Text(14),
    };

    private int FindOrInsert(Dimensions dimensions)
    {
        Bind(Insert, dimensions);
        if (Insert.TakeId() is { } inserted)
        {
            return inserted;
        }

        Bind(Select, dimensions);
        return Select.TakeId() ?? throw new InvalidOperationException("A series that exists cannot be found.");
    }

    private Dimensions Load(int id)
    {
        SelectById.Bind(1, id);
        var dimensions = SelectById.Step()
            ? FromRow(SelectById)
            : throw new StorageFailedException($"The database {connection.Path} is damaged: series {id} is missing.");
        SelectById.Reset();
        return dimensions;
    }
}
