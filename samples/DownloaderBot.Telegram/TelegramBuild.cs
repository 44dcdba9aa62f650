namespace DownloaderBot.Telegram;

/// <summary>
/// What a build includes of Telegram: the bot's chat, and users' sessions. Each is <see langword="null"/> if its folder is not compiled.
/// </summary>
internal sealed partial record TelegramBuild
{
    /// <summary>What was compiled.</summary>
    public static TelegramBuild Compiled { get; } = Create();

    /// <summary>Adds Telegram as the implementation of the chat port.</summary>
    public Action<IServiceCollection, IConfiguration>? AddChat { get; init; }

    /// <summary>Adds Telegram as the implementation of the session ports.</summary>
    public Action<IServiceCollection, IConfiguration>? AddSessions { get; init; }

    public bool IsComplete => AddChat is not null && AddSessions is not null;

    private static TelegramBuild Create()
    {
        Action<IServiceCollection, IConfiguration>? addChat = null, addSessions = null;
        ProvideChat(ref addChat);
        ProvideSessions(ref addSessions);
        return new() { AddChat = addChat, AddSessions = addSessions };
    }

    static partial void ProvideChat(ref Action<IServiceCollection, IConfiguration>? add);

    static partial void ProvideSessions(ref Action<IServiceCollection, IConfiguration>? add);
}
