using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// The application's logger, which may throw. There is nowhere else to report that, and it must not harm the application's operation or the
/// watch: such a line is lost. It writes nothing while the watch is disabled.
/// </summary>
internal sealed class GuardedLogger(ILogger logger, bool isOn) : ILogger
{
    private volatile bool _isOn = isOn;

    /// <summary>Whether anything is written.</summary>
    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _isOn && logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // As the summary says.
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            if (_isOn)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
        catch (Exception)
        {
            // As the summary says.
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
