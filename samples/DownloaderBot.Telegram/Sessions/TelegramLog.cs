using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Receives the library's log, which would go to the console, and the exceptions of tasks that the library starts without awaiting them; some
/// occur with every connection that ends. Both sources are static, so the last instance created receives them.
/// </summary>
internal sealed class TelegramLog : IDisposable
{
    private readonly LogCleaner _cleaner;
    private readonly ILogger<TelegramLog> _logger;

    public TelegramLog(TelegramSessionOptions options, SessionKey key, LogCleaner cleaner, ILogger<TelegramLog> logger)
    {
        (_cleaner, _logger) = (cleaner, logger);
        _cleaner.Hide(options.ApiHash);
        _cleaner.Hide(key.ForLibrary);
        _cleaner.Hide(Convert.ToBase64String(options.SessionKey));
        Helpers.Log = Write;
        TaskScheduler.UnobservedTaskException += Observe;
    }

    public void Dispose()
    {
        TaskScheduler.UnobservedTaskException -= Observe;

        // Discards later output instead of sending it to the console again.
        Helpers.Log = static (_, _) => { };
    }

    private void Write(int level, string line)
    {
        try
        {
            if (_logger.IsEnabled(LogLevel.Debug))
            {
                _logger.Library(level, _cleaner.Clean(line));
            }
        }
        catch (Exception)
        {
            // An exception here would end the library's reading loop and the connection, and no log is left to write to.
        }
    }

    private void Observe(object? sender, UnobservedTaskExceptionEventArgs args)
    {
        var text = args.Exception.ToString();
        if (text.Contains($"{nameof(WTelegram)}.", StringComparison.Ordinal))
        {
            args.SetObserved();
            _logger.Unobserved(_cleaner.Clean(text));
        }
    }
}
