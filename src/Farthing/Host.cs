using System.Text;
using Farthing.Reports;
using Farthing.Workflows.Metering;

namespace Farthing;

/// <summary>The composition root: joins the commands with this process and its services.</summary>
internal sealed class Host : IAsyncDisposable
{
    private const int BufferChars = 16 * 1024;
    private readonly StreamWriter output;
    private readonly StreamWriter error;
    private readonly LocalStore store;

    /// <summary>Joins everything; opens nothing.</summary>
    /// <param name="environment">The user's home folder and environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="error">Where warnings, refusals and progress go.</param>
    /// <param name="progress">Told how far an import is; null when nobody looks.</param>
    public Host(AgentEnvironment environment, TimeProvider time, Stream output, Stream error, IProgress<ImportProgress>? progress)
    {
        this.output = WriterOver(output);
        this.error = WriterOver(error);
        this.error.AutoFlush = true;
        var settings = new Lazy<Settings>(() => Settings.Read(environment));
        store = new(() => settings.Value, environment, time, this.error, progress);
        Context = new()
        {
            ReadSettings = () => settings.Value,
            Time = time,
            Out = this.output,
            Error = this.error,
            OpenIn = StandardStream.OpenInput,
            Terminal = Terminal.OfThisProcess,
            OpenSpendAsync = store.OpenSpendAsync,
            OpenLedgerAsync = store.OpenLedgerAsync,
            OpenFinopsAsync = store.OpenFinopsAsync,
            BeforeReport = store,
            ImportAsync = store.ImportAsync,
        };
    }

    /// <summary>What the commands are given.</summary>
    public CommandContext Context { get; }

    /// <summary>The host of this process.</summary>
    public static Host OfThisProcess()
    {
        var errors = StandardStream.OpenError();
        return new(
            new(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable),
            TimeProvider.System,
            StandardStream.OpenOutput(),
            errors,
            TerminalSize.IsErrorTerminal() ? new ImportProgressLine(errors, TimeProvider.System) : null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        await store.DisposeAsync();
        await error.DisposeAsync();
    }

    private static StreamWriter WriterOver(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferChars);
}
