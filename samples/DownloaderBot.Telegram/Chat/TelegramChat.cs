using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DownloaderBot.Telegram.Chat;

/// <summary>The chat port on Telegram: a bot's private chats, through the Bot API.</summary>
internal sealed class TelegramChat(
    BotApi api, TelegramUpdates updates, TelegramChatOptions options, ILogger<TelegramChat> logger) : IChat
{
    /// <summary>The longest caption that Telegram takes from a bot, in UTF-16 code units.</summary>
    private const int MaxCaption = 1024;

    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    public long MaxFileBytes => options.MaxFileBytes;

    public IAsyncEnumerable<IncomingMessage> ReadAsync(CancellationToken cancel) => updates.ReadAsync(cancel);

    public async Task<long> SendAsync(long userId, string text, CancellationToken cancel)
    {
        var sent = await CallAsync(userId, (bot, time) => bot.SendMessage(
            userId, MessageText.Fit(text), linkPreviewOptions: NoPreview, cancellationToken: time.Token), cancel);
        return sent.Id;
    }

    public async Task EditAsync(long userId, long messageId, string text, CancellationToken cancel)
    {
        try
        {
            await DoAsync(userId, (bot, time) => bot.EditMessageText(
                userId, checked((int)messageId), MessageText.Fit(text), linkPreviewOptions: NoPreview, cancellationToken: time.Token), cancel);
        }
        catch (BotApiException exception) when (exception.Fault == BotApiFault.Unchanged)
        {
            // The message already has this text.
        }
    }

    public async Task DeleteAsync(long userId, long messageId, CancellationToken cancel)
    {
        try
        {
            await DoAsync(userId, async (bot, time) =>
            {
                await bot.DeleteMessage(userId, checked((int)messageId), time.Token);
                return true;
            }, cancel);
        }
        catch (BotApiException exception) when (exception.Fault == BotApiFault.MessageGone)
        {
            // The message was already deleted.
        }
    }

    public async Task SendFileAsync(long userId, OutgoingFile file, Stream content, CancellationToken cancel)
    {
        var (length, fits) = (file.Bytes, file.Caption.Length <= MaxCaption);
        FileTooLargeException.ThrowIfOver(MaxFileBytes, length);
        var start = content.Position;
        try
        {
            await DoAsync(userId, (bot, time) =>
            {
                content.Position = start;
                time.ExtendUpload(sent: 0, length);
                var input = InputFile.FromStream(
                    new MeteredStream(content, length, sent => time.ExtendUpload(sent, length), leaveOpen: true), file.Name);
                return Send(bot, userId, input, fits ? file.Caption : null, file.Video, time.Token);
            }, cancel);
        }
        catch (BotApiException exception)
        {
            logger.FileNotSent(userId, exception.Message);
            var reply = $"I could not send you {file.Name}: {exception.Message}. Please try again later.";
            throw exception.Fault is BotApiFault.Away or BotApiFault.Busy ? new ChatAwayException(reply, exception.RetryAfter) : new BotException(reply);
        }

        if (!fits)
        {
            await TrySendCaptionAsync(userId, file.Caption, cancel);
        }
    }

    private static Task<Message> Send(
        ITelegramBotClient bot, long userId, InputFile file, string? caption, VideoInfo? video, CancellationToken cancel) => video is null
        ? bot.SendDocument(userId, file, caption, cancellationToken: cancel)
        : bot.SendVideo(
            userId,
            file,
            caption,
            duration: (int)video.Length.TotalSeconds,
            width: video.Width,
            height: video.Height,
            supportsStreaming: true,
            cancellationToken: cancel);

    /// <summary>Sends a long caption after its file. If that fails, the file is delivered all the same.</summary>
    private async Task TrySendCaptionAsync(long userId, string caption, CancellationToken cancel)
    {
        try
        {
            await SendAsync(userId, caption, cancel);
        }
        catch (BotApiException exception)
        {
            logger.NotTold(userId, exception.Message);
        }
    }

    /// <summary>Makes a call whose answer nobody needs.</summary>
    private async Task DoAsync<T>(long userId, Func<ITelegramBotClient, CallTime, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            await CallAsync(userId, call, cancel);
        }
        catch (BotApiException exception) when (exception.Fault == BotApiFault.Unread)
        {
            logger.AnswerUnread(userId, exception.Message);
        }
    }

    private async Task<T> CallAsync<T>(long userId, Func<ITelegramBotClient, CallTime, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await api.RetryAsync(call, cancel);
        }
        catch (BotApiException exception) when (exception.Fault == BotApiFault.UserGone)
        {
            throw new UserGoneException(userId);
        }
    }
}
