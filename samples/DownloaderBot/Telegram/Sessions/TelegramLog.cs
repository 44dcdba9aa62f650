using WTelegram;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Takes in what the library says of itself: its log, which would go to the console, and the exceptions of the tasks that it
/// starts and forgets, some with every connection that ends. Both are static, so the last one made has them.
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

        // Not back to the console, for what still ends after this.
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
            // Thrown into the library's reading loop it would end the connection; there is no log left to say it in.
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
