using Farthing.Domain.Pricing;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;
using Spectre.Console;

namespace Farthing;

/// <summary>
/// What every command is given: the operator's settings, the clock, the streams, and the services, opened only when a
/// command asks. Tests hand in their own.
/// </summary>
internal sealed record CommandContext
{
    private Settings? settings;

    /// <summary>Reads the operator's settings; throws <see cref="SettingsException"/>.</summary>
    public required Func<Settings> ReadSettings
    {
        get;
        init => (field, settings) = (value, null);
    }

    /// <summary>The operator's settings, read once, when they are first needed.</summary>
    public Settings Settings => settings ??= ReadSettings();

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where the answer goes. The host flushes it.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where warnings, refusals and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens the input that is piped in.</summary>
    public required Func<Stream> OpenIn { get; init; }

    /// <summary>What the answer is shown on; asked for by tables only.</summary>
    public required Func<Terminal> Terminal { get; init; }

    /// <summary>Opens today's prices; the catalog that travels inside the program unless the host has another one.</summary>
    public Func<Rater> OpenPrices { get; init; } = static () => new(EmbeddedCatalog.Load());

    /// <summary>Opens the store for reading.</summary>
    public required Func<CancellationToken, Task<ISpendQueries>> OpenSpendAsync { get; init; }

    /// <summary>Opens the ledger of the settings' store.</summary>
    public required Func<CancellationToken, Task<LedgerPorts>> OpenLedgerAsync { get; init; }

    /// <summary>Opens what tells where spend goes, in the settings' store.</summary>
    public required Func<CancellationToken, Task<FinopsPorts>> OpenFinopsAsync { get; init; }

    /// <summary>Runs before a report reads the store: imports what is new from this machine's logs.</summary>
    public required IBeforeReport BeforeReport { get; init; }

    /// <summary>Imports the logs of this machine, or those at a path (a file or folder) of the named agent.</summary>
    public required Func<string?, string?, CancellationToken, Task<ImportSummary>> ImportAsync { get; init; }

    /// <summary>A console over <see cref="Out"/> for tables; its library is loaded here and nowhere else.</summary>
    public IAnsiConsole OpenConsole() => Screen.Open(Out, Terminal());
}
