using System.Text.RegularExpressions;

namespace DownloaderBot.Local;

/// <summary>A user on the local chat who types and waits for replies. Only one caller may use it at a time.</summary>
internal sealed partial class VirtualUser(long id, LocalChat chat, LocalConversations conversations)
{
    private long _typedAfter;

    public long Id => id;

    /// <summary>A fictional phone number. Every tenth user's number ends in 2, which means an account with a password.</summary>
    public string Phone => $"+1202555{id:0000}";

    public LocalConversation Conversation => conversations.Of(id);

    /// <summary>Runs all steps of a login, with the password if the account has one; returns the last reply.</summary>
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

    /// <summary>Returns the first message with these words since this user last typed.</summary>
    public Task<LocalMessage> HearAsync(string words, CancellationToken cancel) =>
        Conversation.WaitAsync(_typedAfter, m => !m.IsDeleted && m.Text.Contains(words, StringComparison.OrdinalIgnoreCase), cancel);

    /// <summary>Returns the next file.</summary>
    public async Task<LocalFile> ReceiveAsync(CancellationToken cancel) =>
        (await Conversation.WaitAsync(_typedAfter, m => m.File is not null, cancel)).File!;

    /// <summary>Types something and returns the bot's next message.</summary>
    public async Task<string> AskAsync(string text, CancellationToken cancel)
    {
        await TypeAsync(text, cancel);
        return (await Conversation.WaitAsync(_typedAfter, m => m is { IsService: false, IsEdit: false, IsDeleted: false }, cancel)).Text;
    }

    /// <summary>
    /// Returns the login code of the platform's service message since this user last typed, in the form that people type: with spaces.
    /// </summary>
    public async Task<string> ReadCodeAsync(CancellationToken cancel)
    {
        var message = await Conversation.WaitAsync(_typedAfter, m => m.IsService, cancel);
        return string.Join(' ', Code().Match(message.Text).Value.ToCharArray());
    }

    [GeneratedRegex("[0-9]{5}")]
    private static partial Regex Code();
}
