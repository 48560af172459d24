using System.Text;
using Farthing.Workflows.Spending;

namespace Farthing;

/// <summary>The composition root: joins the commands with this process and its services.</summary>
internal sealed class Host : IBeforeReport, IDisposable
{
    private const int BufferChars = 16 * 1024;
    private readonly StreamWriter output = WriterOver(Console.OpenStandardOutput());
    private readonly StreamWriter error = WriterOver(Console.OpenStandardError());

    /// <summary>Joins everything; opens nothing.</summary>
    public Host()
    {
        error.AutoFlush = true;
        Context = new()
        {
            ReadSettings = () => Settings.Read(new(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable)),
            Time = TimeProvider.System,
            Out = output,
            Error = error,
            OpenIn = Console.OpenStandardInput,
            Terminal = Terminal.OfThisProcess,
            OpenSpendAsync = OpenSpendAsync,
            BeforeReport = this,
        };
    }

    /// <summary>What the commands are given.</summary>
    public CommandContext Context { get; }

    /// <inheritdoc/>
    public Task<Preparation> PrepareAsync(bool demo, CancellationToken cancellationToken) => Task.FromResult(Preparation.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    private static StreamWriter WriterOver(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferChars);

    private Task<ISpendQueries> OpenSpendAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"No store is wired for {Context.Settings.Database.Value} yet.");
}
