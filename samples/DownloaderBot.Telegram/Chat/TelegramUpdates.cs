using System.Runtime.CompilerServices;
using DownloaderBot.Chat;
using DownloaderBot.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Fetches users' messages by long polling. It serves only private chats, in which the sender is the logged-in user.</summary>
internal sealed class TelegramUpdates(
    BotApi api, UpdateOffset noted, Outage outage, TimeProvider time, ILogger<TelegramUpdates> logger)
{
    /// <summary>How long Telegram waits with its answer if there are no updates.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    /// <summary>Extra time for the network.</summary>
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(15);

    /// <summary>Minimum time from an empty poll to the next: a server or proxy that does not wait must not keep the bot busy.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(1);

    /// <summary>Maximum number of updates per call: few, because fetched updates that are not handled are lost if the program ends.</summary>
    private const int MostUpdates = 20;

    /// <exception cref="TokenRefusedException">There is no bot with this token, or no longer.</exception>
    public async IAsyncEnumerable<IncomingMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var next = noted.Read();
        while (true)
        {
            var start = time.GetTimestamp();
            var updates = await FetchAsync(next, cancel);
            if (updates is not [.., var last])
            {
                if (Floor - time.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, time, cancel);
                }

                continue;
            }

            // Uses the last id, not the largest: after a quiet week, Telegram continues with other numbers, which may be smaller.
            next = last.Id + 1;
            noted.Note(last.Id + 1);
            foreach (var update in updates)
            {
                if (Read(update) is { } message)
                {
                    yield return message;
                }
            }
        }
    }

    private async Task<Update[]> FetchAsync(int? next, CancellationToken cancel)
    {
        for (var failures = 1; ; failures++)
        {
            TimeSpan wait;
            try
            {
                var updates = await api.OnceAsync(
                    (bot, call) => bot.GetUpdates(next, MostUpdates, (int)Poll.TotalSeconds, [UpdateType.Message], call.Token),
                    Poll + Travel,
                    cancel);
                outage.End();
                return updates;
            }
            catch (TokenRefusedException exception)
            {
                // Logged here because the host's log does not contain the reason why the program ends.
                logger.TokenRefused(exception.Message);
                throw;
            }
            catch (BotApiException exception)
            {
                outage.Begin(exception.Message);
                wait = exception.RetryAfter ?? BotApi.Backoff(failures);
            }

            await Task.Delay(wait, time, cancel);
        }
    }

    /// <summary>
    /// Returns <see langword="null"/> for an update that is not a user's message to the bot: from a group, of another kind requested earlier, or
    /// a service message of the chat.
    /// </summary>
    private static IncomingMessage? Read(Update update) =>
        update.Message is { Chat.Type: ChatType.Private, IsServiceMessage: false } message
            ? new(message.Chat.Id, message.Id, message.Text ?? message.Caption ?? string.Empty)
            : null;
}

/// <summary>Logs once that Telegram is unavailable, and once that it is back. Used by the polling loop only.</summary>
internal sealed class Outage(TimeProvider time, ILogger<Outage> logger)
{
    private long? _since;

    public void Begin(string reason)
    {
        if (_since is null)
        {
            _since = time.GetTimestamp();
            logger.TelegramAway(reason);
        }
    }

    public void End()
    {
        if (_since is { } since)
        {
            _since = null;
            logger.TelegramBack((long)time.GetElapsedTime(since).TotalSeconds);
        }
    }
}
