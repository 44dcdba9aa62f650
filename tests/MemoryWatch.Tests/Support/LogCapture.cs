using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Tests.Support;

/// <summary>A log line as a store would get it.</summary>
public sealed record LogLine(LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> State);

/// <summary>Keeps all log lines; a logger, a factory and a provider in one.</summary>
public sealed class LogCapture : ILogger, ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public LogLevel Lowest { get; set; } = LogLevel.Trace;

    /// <summary>Thrown at every line, where set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Called before each line is kept, where set.</summary>
    public Action? BeforeLine { get; set; }

    public IEnumerable<LogLine> Of(int eventId) => Lines.Where(l => l.Event.Id == eventId);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Lowest;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        BeforeLine?.Invoke();
        if (Failure is { } failure)
        {
            throw failure;
        }

        var values = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(v => v.Key, v => v.Value);
        _lines.Enqueue(new(logLevel, eventId, formatter(state, exception), values));
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <summary>Keeps the watch's lines only.</summary>
    public ILogger CreateLogger(string categoryName) =>
        categoryName == MemoryWatcher.LogCategory ? this : NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
