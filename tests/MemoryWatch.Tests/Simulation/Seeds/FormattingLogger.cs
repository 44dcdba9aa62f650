using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>Formats each line, so that its text must be possible, and keeps the last.</summary>
/// <param name="isOn">Whether lines are wanted: their texts are most of the time that a run takes.</param>
internal sealed class FormattingLogger(bool isOn) : ILogger
{
    public string Last { get; private set; } = string.Empty;

    public bool IsEnabled(LogLevel logLevel) => isOn;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Last = isOn ? formatter(state, exception) : Last;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
