using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Farthing.Web.Hosting;

/// <summary>A log of plain lines: time, level, who, what. Nothing of a request's content is ever logged.</summary>
/// <param name="output">Where the lines go; written to by one thread at a time.</param>
/// <param name="time">The clock.</param>
public sealed class PlainLog(TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = time;
    private readonly ConcurrentDictionary<string, ILogger> writers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        writers.GetOrAdd(categoryName, static (name, log) => new Writer(log, name[(name.LastIndexOf('.') + 1)..]), this);

    /// <inheritdoc/>
    public void Dispose() => output.Flush();

    private void Write(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "fatal",
        LogLevel.Error => "error",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Writer(PlainLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var at = log.clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            var story = exception is null ? string.Empty : Environment.NewLine + exception;
            log.Write($"{at} {NameOf(logLevel)} {name}: {formatter(state, exception)}{story}");
        }
    }
}
