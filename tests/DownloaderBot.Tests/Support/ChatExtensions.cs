using DownloaderBot.Chat;

namespace DownloaderBot.Tests.Support;

/// <summary>The chat port for tests of files that are only files.</summary>
internal static class ChatExtensions
{
    public static Task SendFileAsync(this IChat chat, long userId, string name, long bytes, Stream content, CancellationToken cancel) =>
        chat.SendFileAsync(userId, new(name, bytes), content, cancel);
}
