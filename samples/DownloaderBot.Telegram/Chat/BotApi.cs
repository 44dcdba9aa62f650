using Telegram.Bot;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Calls Telegram's Bot API. All errors have texts that can be logged.</summary>
internal sealed class BotApi : IDisposable
{
    private const int MostTries = 4;

    /// <summary>Time limit of a call that transfers little data.</summary>
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(30);

    /// <summary>Maximum total wait between attempts.</summary>
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = BotApiHttp.Create();
    private readonly TelegramBotClient _client;
    private readonly TimeProvider _time;

    public BotApi(TelegramChatOptions options, TimeProvider time)
    {
        // Without the library's retries: they cover only 429, wait where nobody sees it, and use only the system clock.
        _client = new(new TelegramBotClientOptions(options.Token, options.Server, options.IsTest) { RetryThreshold = 0 }, _http);
        _time = time;
    }

    /// <summary>The bot's number, with which the token begins.</summary>
    public long BotId => _client.BotId;

    /// <summary>
    /// The pause after a failed call: it doubles with each failure, up to one minute. Returns a random time between half of it and all of it, so
    /// that not all bots retry at the same moment.
    /// </summary>
    /// <param name="failures">Number of failures in a row, from 1.</param>
    public static TimeSpan Backoff(int failures)
    {
        var full = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), LongestBackoff.TotalSeconds));
        return full * (0.5 + Random.Shared.NextDouble() / 2);
    }

    /// <summary>Makes a call once.</summary>
    /// <exception cref="BotApiException">The call failed.</exception>
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
    /// Makes a call, and repeats it a few times if the error may be temporary. A call that was interrupted before its answer may have been carried
    /// out, so a text can arrive twice, which is better than never. A call that Telegram accepted is never repeated.
    /// </summary>
    /// <exception cref="BotApiException">The call failed.</exception>
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
                wait = exception.RetryAfter ?? Backoff(tries);
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
