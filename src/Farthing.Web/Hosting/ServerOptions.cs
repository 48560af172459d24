using System.Net;
using Farthing.Domain.Billing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Planning;

namespace Farthing.Web.Hosting;

/// <summary>How a server is set up; fixed while it runs.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens unless told otherwise: on this machine only.</summary>
    public const string UsualUrl = "http://127.0.0.1:7417";

    /// <summary>Where it listens: URLs with http, a host or address and a port; 0 for any free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [UsualUrl];

    /// <summary>The operator's secret; null or empty when nobody has it, and the header is ignored.</summary>
    public string? AdminKey { get; init; }

    /// <summary>
    /// From where a proxy may say by <c>X-Forwarded-Proto</c> that its caller used https, and by <c>X-Forwarded-For</c> who it is;
    /// empty when nobody is believed.
    /// </summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>What runs cost besides their calls.</summary>
    public RunPrices RunPrices { get; init; } = RunPrices.Default;

    /// <summary>The tiers that are recommended.</summary>
    public PlanCatalog Plans { get; init; } = PlanCatalog.Primer;

    /// <summary>How long a month takes late usage before it may be closed.</summary>
    public CloseGrace CloseGrace { get; init; } = CloseGrace.Usual;

    /// <summary>How many wrong keys an address may send in a minute before it is told to wait.</summary>
    public int WrongKeysMax { get; init; } = 30;

    /// <summary>How many reports of sessions a key may send in a minute; 0 for any number. Usage call by call is not limited.</summary>
    public int IngestPerMinuteMax { get; init; } = 3_000;

    /// <summary>How many questions about sessions and spend a key may ask in a minute; 0 for any number.</summary>
    public int ReadsPerMinuteMax { get; init; } = 3_000;

    /// <summary>Where the log's lines go.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Whose days our own reports count by; Primer's always count by UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How pages write amounts, and forms read them.</summary>
    public MoneyFormat Money { get; init; } = MoneyFormat.Usual;

    /// <summary>Whether everything in its store is made up, which every page says.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>Since when a server runs.</summary>
/// <param name="At">When it was built.</param>
public sealed record ServerStart(DateTimeOffset At);
