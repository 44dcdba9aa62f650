using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>Keeps every line that is logged, exceptions included.</summary>
internal sealed class LinesLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    /// <summary>Called with each line, on the thread and in the flow that logs it.</summary>
    public Action<string> Heard { get; set; } = static _ => { };

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel} {formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        Heard(line);
    }

    public void Dispose()
    {
        // Read after the host that it was given to is gone.
    }
}
