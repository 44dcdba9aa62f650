using System.Runtime.CompilerServices;
using DownloaderBot.Chat;
using DownloaderBot.Local;

namespace DownloaderBot.Tests.Support;

/// <summary>The local chat, of which single calls can be made to fail or to wait.</summary>
internal sealed class HookedChat(LocalChat chat) : IChat
{
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeSend { get; set; } = () => Task.CompletedTask;

    /// <summary>The same for what is sent to one user.</summary>
    public Func<long, CancellationToken, Task> BeforeSendTo { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Task> BeforeEdit { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeDelete { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeSendFile { get; set; } = () => Task.CompletedTask;

    public long MaxFileBytes { get; set; } = long.MaxValue;

    public async IAsyncEnumerable<IncomingMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await BeforeRead();
        await foreach (var message in chat.ReadAsync(cancel))
        {
            yield return message;
        }
    }

    public async Task<long> SendAsync(long userId, string text, CancellationToken cancel)
    {
        await BeforeSend();
        await BeforeSendTo(userId, cancel);
        return await chat.SendAsync(userId, text, cancel);
    }

    public async Task EditAsync(long userId, long messageId, string text, CancellationToken cancel)
    {
        await BeforeEdit();
        await chat.EditAsync(userId, messageId, text, cancel);
    }

    public async Task DeleteAsync(long userId, long messageId, CancellationToken cancel)
    {
        await BeforeDelete();
        await chat.DeleteAsync(userId, messageId, cancel);
    }

    public async Task SendFileAsync(long userId, OutgoingFile file, Stream content, CancellationToken cancel)
    {
        await BeforeSendFile();
        await chat.SendFileAsync(userId, file, content, cancel);
    }
}
