using Microsoft.Extensions.Logging;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>A log with all levels enabled that formats each line and drops it: the cost without that of a console or a file.</summary>
internal sealed class FormattingLog : ILoggerFactory, ILogger
{
    private volatile string? _last;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _last = formatter(state, exception);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
        // There are no other providers.
    }

    public void Dispose() => _last = null;
}
