using System.Globalization;
using System.Text.Json;
using Farthing.Storage;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Planning;

namespace Farthing;

/// <summary>
/// What the operator decided: the same names as environment variables and in <c>farthing.json</c>; the environment wins.
/// </summary>
internal sealed record Settings
{
    /// <summary>The folder that holds the store and everything else that is kept.</summary>
    public const string DataName = "FARTHING_DATA";

    /// <summary>Which store is meant: <c>sqlite</c>, the embedded one, or the address of a PostgreSQL database.</summary>
    public const string DatabaseName = "FARTHING_DATABASE";

    /// <summary>The IANA time zone whose days reports show.</summary>
    public const string TimeZoneName = "FARTHING_TIMEZONE";

    /// <summary>How the dashboard writes amounts, as an example.</summary>
    public const string MoneyFormatName = "FARTHING_MONEY_FORMAT";

    /// <summary>The operator's secret for a server; there is none unless it is set.</summary>
    public const string AdminKeyName = "FARTHING_ADMIN_KEY";

    /// <summary>The session that a command runs in, when a tool starts it; only in the environment.</summary>
    public const string SessionName = "FARTHING_SESSION_ID";

    /// <summary>The key that a server is asked with; only in the environment, never on a command line or in a file.</summary>
    public const string KeyName = "FARTHING_KEY";

    private const string PlandexSessionName = "PLANDEX_REPL_SESSION_ID";

    /// <summary>The secret under which keys are hashed; without it the embedded store makes and keeps one of its own.</summary>
    public const string KeyPepperName = "FARTHING_KEY_PEPPER";

    /// <summary>How many hours a month takes late usage after its end before it may be closed.</summary>
    public const string CloseGraceName = "FARTHING_CLOSE_GRACE_HOURS";

    /// <summary>A file of plans that are recommended besides the built-in ones.</summary>
    public const string PlanTiersName = "FARTHING_PLAN_TIERS";

    private const int CloseGraceHoursMax = 24 * 31;

    private const string Sqlite = "sqlite";

    private const string FileName = "farthing.json";
    private const int FileBytesMax = 64 * 1024;
    private static readonly string[] Names = [DataName, DatabaseName, TimeZoneName, MoneyFormatName, AdminKeyName, KeyPepperName, CloseGraceName, PlanTiersName, .. RunPriceSettings.Names, .. NotifierSettings.Names, .. RateSettings.Names, ProxySettings.Name];

    /// <summary>The data folder, an absolute path.</summary>
    public required string Data { get; init; }

    /// <summary>The PostgreSQL database that holds the store; null for the embedded one.</summary>
    public PostgresUrl? Database { get; init; }

    /// <summary>Whether what is kept in the data folder is made up.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The reporting time zone; null when nobody named one and the system's is meant.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How amounts are written, as it was said; null when nobody did.</summary>
    public string? MoneyFormat { get; init; }

    /// <summary>The operator's secret; null when there is none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>The key of the agent's session that this process runs in; null outside of one.</summary>
    public string? Session { get; init; }

    /// <summary>The key that a server is asked with; null when there is none.</summary>
    public string? Key { get; init; }

    /// <summary>The secret under which keys are hashed; null when the store's own is meant.</summary>
    public string? KeyPepper { get; init; }

    /// <summary>What was said about the prices of runs.</summary>
    public required RunPriceSettings RunPrices { get; init; }

    /// <summary>What was said about how long a month takes late usage; null when nothing was.</summary>
    public string? CloseGraceHours { get; init; }

    /// <summary>How long a month takes late usage before it may be closed.</summary>
    /// <exception cref="SettingsException">What was said is no number of hours that can be meant.</exception>
    public CloseGrace CloseGrace => CloseGraceHours is not { } text ? CloseGrace.Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= CloseGraceHoursMax ? new(TimeSpan.FromHours(hours))
        : throw new SettingsException($"{CloseGraceName} must be a whole number of hours from 0 to {CloseGraceHoursMax}; it is '{text}'.");

    /// <summary>The file of plans, an absolute path; null when there is none.</summary>
    public string? PlanTiers { get; init; }

    /// <summary>Reads the plans that are recommended.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or a plan in it is wrong.</exception>
    public PlanCatalog ReadPlans()
    {
        if (PlanTiers is not { } file)
        {
            return PlanCatalog.Primer;
        }

        var reading = PlanTierFile.Load(file);
        return new(reading.Tiers ?? throw new SettingsException($"{PlanTiersName} cannot be used: {reading.Refusal}."));
    }

    /// <summary>What was said about how much a server answers.</summary>
    public required RateSettings Rates { get; init; }

    /// <summary>Which proxies a server believes.</summary>
    public required ProxySettings Proxies { get; init; }

    /// <summary>Whom a server tells about budgets and alerts.</summary>
    public required NotifierSettings Notifiers { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    /// <summary>The settings file that was looked for; it need not exist.</summary>
    public required string File { get; init; }

    /// <summary>Reads the settings of a user.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or something that is not a setting was said.</exception>
    public static Settings Read(AgentEnvironment environment)
    {
        var file = Path.Combine(FolderOf(environment, "XDG_CONFIG_HOME", ".config"), FileName);
        var written = ReadFile(file);
        return new()
        {
            Data = FromHome(DataName, Find(DataName) ?? FolderOf(environment, "XDG_DATA_HOME", ".local/share"), environment.Home),
            Database = Find(DatabaseName) is { } database and not Sqlite ? ReadDatabase(database) : null,
            TimeZone = Find(TimeZoneName),
            MoneyFormat = Find(MoneyFormatName),
            AdminKey = Find(AdminKeyName),
            Session = Variable(SessionName) ?? Variable(PlandexSessionName),
            Key = Variable(KeyName),
            KeyPepper = Find(KeyPepperName),
            RunPrices = new(Find),
            Notifiers = new(Find),
            CloseGraceHours = Find(CloseGraceName),
            PlanTiers = Find(PlanTiersName) is { } plans ? FromHome(PlanTiersName, plans, environment.Home) : null,
            Rates = new(Find),
            Proxies = new(Find),
            Home = environment.Home,
            File = file,
        };

        string? Variable(string name) => environment.Variable(name) is { Length: > 0 } variable ? variable : null;

        string? Find(string name) => Variable(name) ?? written.GetValueOrDefault(name);
    }

    /// <summary>Reads an address. It is never repeated: it may hold a password.</summary>
    private static PostgresUrl ReadDatabase(string text)
    {
        if (!PostgresUrl.IsMeant(text))
        {
            throw new SettingsException(
                $"{DatabaseName} must be '{Sqlite}' or left out, which is the embedded store, or the address of a PostgreSQL database: "
                + "postgres://user:password@host/database.");
        }

        try
        {
            return PostgresUrl.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new SettingsException($"{DatabaseName} cannot be understood: {failure.Message}; expected is postgres://user:password@host/database.", failure);
        }
    }

    private static string FolderOf(AgentEnvironment environment, string variable, string otherwise) =>
        Path.Combine(environment.Variable(variable) is { Length: > 0 } folder ? folder : Path.Combine(environment.Home, otherwise), "farthing");

    private static string FromHome(string name, string path, string home) => (path, home) switch
    {
        _ when Path.IsPathFullyQualified(path) => Path.GetFullPath(path),
        _ when Path.IsPathFullyQualified(home) => Path.GetFullPath(path, home),
        _ => throw new SettingsException($"There is no home folder to start from; set {name} to an absolute path."),
    };

    private static Dictionary<string, string> ReadFile(string file)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!System.IO.File.Exists(file))
        {
            return found;
        }

        try
        {
            using var stream = System.IO.File.OpenRead(file);
            if (stream.Length > FileBytesMax)
            {
                throw new SettingsException($"{file} is larger than {FileBytesMax} bytes; it holds a few names and values only.");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            ReadValues(bytes, file, found);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file} cannot be read: {failure.Message}", failure);
        }

        return found;
    }

    private static void ReadValues(ReadOnlySpan<byte> json, string file, Dictionary<string, string> found)
    {
        var reader = new Utf8JsonReader(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new SettingsException($"{file} must hold one object of names and values.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                throw new SettingsException($"{file} names '{name}', which is no setting; known are {string.Join(", ", Names)}.");
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.GetString() is not { Length: > 0 } value)
            {
                throw new SettingsException($"{file}: the value of {name} must be a text that is not empty.");
            }

            found[name] = value;
        }
    }
}
