using Telegram.Bot;
using Telegram.Bot.Types;

namespace DownloaderBot.Telegram.Chat;

/// <summary>A file to send: every attempt starts at the stream's initial position.</summary>
internal sealed class FileUpload(long userId, string fileName, long length, Stream content)
{
    private readonly long _start = content.Position;

    public Task<Message> SendAsync(ITelegramBotClient bot, CallTime time)
    {
        content.Position = _start;
        var stream = new UploadStream(content, length, time);
        return bot.SendDocument(userId, InputFile.FromStream(stream, fileName), cancellationToken: time.Token);
    }
}
