using System.Text.RegularExpressions;

namespace DownloaderBot.Local;

/// <summary>Somebody on the local chat: types, and waits for what comes back. For one caller at a time.</summary>
internal sealed partial class VirtualUser(long id, LocalChat chat, LocalConversations conversations)
{
    private long _typedAfter;

    public long Id => id;

    /// <summary>A number that is nobody's; every tenth user's ends in 2, which means an account with a password.</summary>
    public string Phone => $"+1202555{id:0000}";

    public LocalConversation Conversation => conversations.Of(id);

    /// <summary>All the steps of a login, with the password should the account have one; returns the last reply.</summary>
    public async Task<string> LogInAsync(string password, CancellationToken cancel)
    {
        var reply = await AskAsync($"/login {Phone}", cancel);
        if (reply.Contains("/verify", StringComparison.Ordinal))
        {
            reply = await AskAsync($"/verify {await ReadCodeAsync(cancel)}", cancel);
        }

        return reply.Contains("/password", StringComparison.Ordinal) ? await AskAsync($"/password {password}", cancel) : reply;
    }

    public async Task TypeAsync(string text, CancellationToken cancel)
    {
        _typedAfter = Conversation.Sequence;
        await chat.TypeAsync(id, text, cancel);
    }

    /// <summary>The first message with these words since this user last typed.</summary>
    public Task<LocalMessage> HearAsync(string words, CancellationToken cancel) =>
        Conversation.WaitAsync(_typedAfter, m => !m.IsDeleted && m.Text.Contains(words, StringComparison.OrdinalIgnoreCase), cancel);

    /// <summary>The file that comes next.</summary>
    public async Task<LocalFile> ReceiveAsync(CancellationToken cancel) =>
        (await Conversation.WaitAsync(_typedAfter, m => m.File is not null, cancel)).File!;

    /// <summary>Types something and returns the bot's next message.</summary>
    public async Task<string> AskAsync(string text, CancellationToken cancel)
    {
        await TypeAsync(text, cancel);
        return (await Conversation.WaitAsync(_typedAfter, m => m is { IsService: false, IsEdit: false, IsDeleted: false }, cancel)).Text;
    }

    /// <summary>The login code of the platform's service message since this user last typed, as one types it: with spaces.</summary>
    public async Task<string> ReadCodeAsync(CancellationToken cancel)
    {
        var message = await Conversation.WaitAsync(_typedAfter, m => m.IsService, cancel);
        return string.Join(' ', Code().Match(message.Text).Value.ToCharArray());
    }

    [GeneratedRegex("[0-9]{5}")]
    private static partial Regex Code();
}
