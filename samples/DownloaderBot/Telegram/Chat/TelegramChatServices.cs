using DownloaderBot.Chat;

namespace DownloaderBot.Telegram.Chat;

internal static class TelegramChatServices
{
    /// <summary>Adds Telegram's Bot API as the implementation of the chat port.</summary>
    public static void AddTelegramChat(this IServiceCollection services, TelegramChatOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BotApi>();
        services.AddSingleton<UpdateOffset>();
        services.AddSingleton<Outage>();
        services.AddSingleton<TelegramUpdates>();
        services.AddSingleton<IChat, TelegramChat>();
        services.AddHostedService<TelegramStart>();
    }
}
