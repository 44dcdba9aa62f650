using Telegram.Bot;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Makes calls of Telegram's Bot API. Whatever fails comes out in words that can be logged.</summary>
internal sealed class BotApi : IDisposable
{
    private const int MostTries = 4;

    /// <summary>For a call that brings and fetches little.</summary>
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);

    /// <summary>Waiting for another try, in all.</summary>
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = BotApiHttp.Create();
    private readonly TelegramBotClient _client;
    private readonly TimeProvider _time;

    public BotApi(TelegramChatOptions options, TimeProvider time)
    {
        // Without the library's own tries: it would read a file into memory for them, and they know no clock but the system's.
        _client = new(new TelegramBotClientOptions(options.Token, options.Server) { RetryThreshold = 0 }, _http);
        _time = time;
    }

    /// <summary>The number of the bot, which the token begins with.</summary>
    public long BotId => _client.BotId;

    /// <summary>Makes a call once.</summary>
    /// <exception cref="BotApiException">It failed.</exception>
    /// <exception cref="TokenRefusedException">There is no bot with this token.</exception>
    public async Task<T> OnceAsync<T>(Func<ITelegramBotClient, CallTime, Task<T>> call, TimeSpan limit, CancellationToken cancel)
    {
        using var callTime = new CallTime(limit, _time, cancel);
        try
        {
            return await call(_client, callTime);
        }
        catch (Exception exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw BotApiFaults.Explain(exception, _client.Token);
        }
    }

    /// <summary>
    /// Makes a call a few times, where what stood against it may pass. A call that broke off may have been carried out: a
    /// text can come twice, which is better than never.
    /// </summary>
    /// <exception cref="BotApiException">It failed.</exception>
    /// <exception cref="TokenRefusedException">There is no bot with this token.</exception>
    public async Task<T> RetryAsync<T>(Func<ITelegramBotClient, CallTime, Task<T>> call, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                return await OnceAsync(call, ShortCall, cancel);
            }
            catch (BotApiException exception)
                when (exception.Fault is BotApiFault.Away or BotApiFault.Busy && tries < MostTries)
            {
                wait = exception.RetryAfter ?? Backoff.After(tries);
                waited += wait;
                if (waited > MostWaiting)
                {
                    throw;
                }
            }

            await Task.Delay(wait, _time, cancel);
        }
    }

    public void Dispose() => _http.Dispose();
}
