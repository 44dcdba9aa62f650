using System.Collections.Concurrent;

namespace DownloaderBot.Local;

/// <summary>The conversations of the local chat, by user.</summary>
internal sealed class LocalConversations
{
    private readonly ConcurrentDictionary<long, LocalConversation> _byUser = new();

    /// <summary>Called with the bytes of a file received so far; a test can hold an upload here.</summary>
    public Func<LocalConversation, long, Task>? UploadGate { get; set; }

    public LocalConversation Of(long userId) => _byUser.GetOrAdd(userId, static id => new(id));
}
