using Farthing.Commands;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Testing;
using Farthing.Workflows.Crediting;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Tests;

/// <summary>Runs one command line in this process over calls in memory and keeps what it said.</summary>
/// <param name="calls">What the store holds.</param>
internal sealed class CommandRun(IReadOnlyList<(UsageEvent Usage, Rating Rating)> calls) : IBeforeReport, IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    /// <summary>The clock's instant.</summary>
    public DateTimeOffset Now { get; init; } = SampleSpend.Now;

    /// <summary>What wallets hold.</summary>
    public MemoryLedger Ledger { get; init; } = new();

    /// <summary>What is shown on.</summary>
    public Terminal Terminal { get; init; } = Terminal.Pipe;

    /// <summary>Today's prices.</summary>
    public Func<Rater> Prices { get; init; } = static () => new(EmbeddedCatalog.Load());

    /// <summary>What is piped in.</summary>
    public string In { get; init; } = string.Empty;

    /// <summary>What the environment says.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What happened before the report.</summary>
    public Preparation Preparation { get; init; } = Preparation.None;

    /// <summary>Whether synthetic logs were asked for.</summary>
    public bool WroteDemo { get; private set; }

    /// <summary>What was answered.</summary>
    public string Out => output.ToString();

    /// <summary>What was refused or warned of.</summary>
    public string Error => error.ToString();

    /// <summary>Runs the command line.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, Context(), HomeCommand.Create, Program.Commands);

    /// <inheritdoc/>
    public Task<Preparation> PrepareAsync(bool demo, CancellationToken cancellationToken)
    {
        WroteDemo = demo;
        return Task.FromResult(Preparation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    /// <summary>What commands are given.</summary>
    public CommandContext Context() => new()
    {
        ReadSettings = () => Settings.Read(new("/home/dana", name => Environment.GetValueOrDefault(name))),
        Time = new FixedTime(Now),
        Out = output,
        Error = error,
        OpenIn = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(In)),
        Terminal = () => Terminal,
        OpenSpendAsync = _ => Task.FromResult<ISpendQueries>(new MemorySpend(calls)),
        OpenLedgerAsync = _ => Task.FromResult(new LedgerPorts(Ledger, Ledger, Ledger, Ledger, Ledger, Ledger, new SoleTurn())),
        OpenFinopsAsync = _ => throw new NotSupportedException("These runs have calls and no people; see the tests of Finops."),
        BeforeReport = this,
        ImportAsync = (_, _, _) => throw new NotSupportedException("These runs have calls and no logs; see ImportTests."),
        OpenPrices = Prices,
    };

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
