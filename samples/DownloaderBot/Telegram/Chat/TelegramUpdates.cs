using System.Runtime.CompilerServices;
using DownloaderBot.Chat;
using DownloaderBot.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace DownloaderBot.Telegram.Chat;

/// <summary>Fetches what users write, by long polling. Only private chats are served: there who writes is who is logged in.</summary>
internal sealed class TelegramUpdates(
    BotApi api, UpdateOffset noted, Outage outage, TimeProvider time, ILogger<TelegramUpdates> logger)
{
    /// <summary>How long Telegram holds a call back until there is something to fetch.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    /// <summary>For the way there and back.</summary>
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(15);

    /// <summary>At a time: few, as what was fetched and not handled is lost with the program.</summary>
    private const int MostUpdates = 20;

    /// <exception cref="TokenRefusedException">There is no bot with this token, any more.</exception>
    public async IAsyncEnumerable<IncomingMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var next = noted.Read();
        while (true)
        {
            var updates = await FetchAsync(next, cancel);
            if (updates is not [.., var last])
            {
                continue;
            }

            // Of the last one, not the largest: after a quiet week Telegram goes on with other numbers, which may be smaller.
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
                // Of what ends the program the host says only that something did.
                logger.TokenRefused(exception.Message);
                throw;
            }
            catch (BotApiException exception)
            {
                outage.Begin(exception.Message);
                wait = exception.RetryAfter ?? Backoff.After(failures);
            }

            await Task.Delay(wait, time, cancel);
        }
    }

    /// <summary>Null for what is not a message of a user to the bot: of a group, from before it asked for messages alone, of the chat itself.</summary>
    private static IncomingMessage? Read(Update update) =>
        update.Message is { Chat.Type: ChatType.Private, IsServiceMessage: false } message
            ? new(message.Chat.Id, message.Id, message.Text ?? message.Caption ?? string.Empty)
            : null;
}
