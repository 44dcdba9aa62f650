using DownloaderBot.Chat;
using DownloaderBot.Telegram.Chat;

namespace DownloaderBot.Telegram;

internal sealed partial record TelegramBuild
{
    /// <summary>Adds Telegram's Bot API as the implementation of the chat port.</summary>
    public static void AddTelegramChat(IServiceCollection services, TelegramChatOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<BotApi>();
        services.AddSingleton<UpdateOffset>();
        services.AddSingleton<Outage>();
        services.AddSingleton<TelegramUpdates>();
        services.AddSingleton<IChat, TelegramChat>();
        services.AddHostedService<TelegramStart>();
    }

    static partial void ProvideChat(ref Action<IServiceCollection, IConfiguration>? add) =>
        add = static (services, configuration) => AddTelegramChat(services, TelegramChatOptions.Read(configuration));
}
