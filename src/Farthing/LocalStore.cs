using Farthing.Demo;
using Farthing.Domain.Pricing;
using Farthing.Reports;
using Farthing.Sources;
using Farthing.Storage.Files;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing;

/// <summary>The store of the settings and the import of this machine's logs; opened when first asked for.</summary>
/// <param name="settings">Which store is meant and which time zone reports use.</param>
/// <param name="environment">Whose logs are looked for.</param>
/// <param name="time">The clock.</param>
/// <param name="error">Where warnings go.</param>
/// <param name="progress">Told how far an import is; null when nobody looks.</param>
internal sealed class LocalStore(
    Func<Settings> settings, AgentEnvironment environment, TimeProvider time, TextWriter error, IProgress<ImportProgress>? progress)
    : IBeforeReport, IAsyncDisposable
{
    private const string DemoFolder = "demo";
    private const int WarningsToldMax = 3;
    private UsageStores? store;
    private bool isDemo;

    private string Folder => isDemo ? OfDemo(settings()).Data : settings().Data;

    /// <summary>The settings under which the invented calls are kept: a folder of their own, and never a shared database.</summary>
    public static Settings OfDemo(Settings settings) => settings with { Data = Path.Combine(settings.Data, DemoFolder), Database = null, IsDemo = true };

    /// <summary>Opens the store for reading.</summary>
    public async Task<ISpendQueries> OpenSpendAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Spending;

    /// <summary>Opens the ledger in the same store.</summary>
    public async Task<LedgerPorts> OpenLedgerAsync(CancellationToken cancellationToken) =>
        LedgerPorts.Of(await OpenAsync(cancellationToken), time) with { CentsPerCredit = settings().RunPrices.CentsToShow(error) };

    /// <summary>Opens what tells where spend goes, in the same store.</summary>
    public async Task<FinopsPorts> OpenFinopsAsync(CancellationToken cancellationToken) => FinopsPorts.Of(await OpenAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task<Preparation> PrepareAsync(bool demo, CancellationToken cancellationToken)
    {
        await TurnToAsync(demo);
        var whose = demo ? new AgentEnvironment(WriteDemo(), _ => null) : environment;
        var selections = AgentLogRegistry.All.Select(log => new LogSelection(log, log.Roots(whose))).ToList();
        var summary = await ImportAsync(selections, cancellationToken);
        ImportReport.WriteWarnings(error, summary, WarningsToldMax);
        // An agent may look for logs of several shapes in one folder; people are told of it once.
        List<SearchedFolder> folders =
        [
            .. selections
                .SelectMany(static selection => selection.Roots, static (selection, root) => (selection.Log.DisplayName, Root: root))
                .GroupBy(static found => (found.DisplayName, found.Root.Folder))
                .Select(found => new SearchedFolder(found.Key.DisplayName, found.Key.Folder, found.Sum(one => summary.FilesByRoot.GetValueOrDefault(one.Root)))),
        ];
        return new(folders, summary.Records.Accepted, (int)Math.Min(int.MaxValue, summary.WarningCount))
        {
            HoldsCalls = folders.TrueForAll(static folder => folder.Files == 0) && await HoldsCallsAsync(cancellationToken),
        };
    }

    /// <summary>Imports the logs of this machine, or those of one agent in a given file or folder.</summary>
    /// <param name="path">A file or a folder; null for the agents' own folders.</param>
    /// <param name="agent">The agent as the registry names it; null for all.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="SettingsException">Nothing lies at the path.</exception>
    public Task<ImportSummary> ImportAsync(string? path, string? agent, CancellationToken cancellationToken)
    {
        var logs = AgentLogRegistry.All.Where(log => agent is null || log.Agent == agent);
        if (path is not null && !Path.Exists(path))
        {
            throw new SettingsException($"There is nothing at {path}.");
        }

        return ImportAsync([.. logs.Select(log => new LogSelection(log, path is null ? log.Roots(environment) : RootsAt(log, path)))], cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }
    }

    private async Task<ImportSummary> ImportAsync(IReadOnlyList<LogSelection> selections, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(cancellationToken);
        KeepAThreadForTheWriter();
        return await new ImportLogs(new LogFiles(), opened.Usage, () => new Rater(EmbeddedCatalog.Load()), time).RunAsync(selections, progress, cancellationToken);
    }

    // Readers keep a thread of the pool each for as long as there are files; the one that stores must not wait for them.
    private static void KeepAThreadForTheWriter()
    {
        ThreadPool.GetMinThreads(out _, out var completionPorts);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + 1, completionPorts);
    }

    // The shapes and suffixes of the agent's own roots, looked for at another place.
    private List<LogRoot> RootsAt(AgentLog log, string path) =>
    [
        .. log.Roots(environment)
            .DistinctBy(root => (root.Shape, string.Join(' ', root.Suffixes)))
            .Select(root => root with { Folder = Path.GetFullPath(path), Recursive = true }),
    ];

    // What is open is one of the two stores; made-up calls must never get into the other one.
    private async Task TurnToAsync(bool demo)
    {
        if (store is not null && demo != isDemo)
        {
            await store.DisposeAsync();
            store = null;
        }

        isDemo = demo;
    }

    private async Task<bool> HoldsCallsAsync(CancellationToken cancellationToken)
    {
        var everything = new SpendQuery { Zone = ZoneName.InForce(settings(), time), ByDay = false, CostOnly = true };
        return (await (await OpenAsync(cancellationToken)).Spending.SpendAsync(everything, cancellationToken)).Count > 0;
    }

    private async Task<UsageStores> OpenAsync(CancellationToken cancellationToken)
    {
        var zone = ZoneName.InForce(settings(), time);
        // Invented calls stay on this machine, whatever database is named.
        return store ??= isDemo ? UsageStores.OpenEmbedded(Folder, zone) : await UsageStores.OpenAsync(settings(), zone, cancellationToken);
    }

    private string WriteDemo()
    {
        // Yesterday's demo is another one, and its calls must not stay behind in the store.
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var home = Path.Combine(Folder, "home");
        DemoLogs.Write(home, time.GetUtcNow());
        return home;
    }
}
