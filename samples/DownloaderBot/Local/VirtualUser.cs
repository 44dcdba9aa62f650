namespace DownloaderBot.Local;

/// <summary>Somebody on the local chat: types, and waits for what comes back. For one caller at a time.</summary>
internal sealed class VirtualUser(long id, LocalChat chat, LocalConversations conversations)
{
    private long _typedAfter;

    public long Id => id;

    public LocalConversation Conversation => conversations.Of(id);

    public ValueTask TypeAsync(string text, CancellationToken cancel)
    {
        _typedAfter = Conversation.Sequence;
        return chat.TypeAsync(id, text, cancel);
    }

    /// <summary>The first message with these words since this user last typed.</summary>
    public Task<LocalMessage> HearAsync(string words, CancellationToken cancel) =>
        Conversation.WaitAsync(_typedAfter, m => m.Text.Contains(words, StringComparison.OrdinalIgnoreCase), cancel);

    /// <summary>The file that comes next.</summary>
    public async Task<LocalFile> ReceiveAsync(CancellationToken cancel) =>
        (await Conversation.WaitAsync(_typedAfter, m => m.File is not null, cancel)).File!;

    public async Task<string> AskAsync(string text, CancellationToken cancel)
    {
        await TypeAsync(text, cancel);
        return (await HearAsync(string.Empty, cancel)).Text;
    }
}
