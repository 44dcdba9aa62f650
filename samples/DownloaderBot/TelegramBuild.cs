namespace DownloaderBot;

/// <summary>What this build has of Telegram: all of it where the folder Telegram is compiled, else nothing.</summary>
internal static partial class TelegramBuild
{
    /// <summary>Puts Telegram behind the bot's two ports; null in a build without it.</summary>
    public static Action<IServiceCollection, IConfiguration>? AddPlatform
    {
        get
        {
            Action<IServiceCollection, IConfiguration>? add = null;
            Provide(ref add);
            return add;
        }
    }

    static partial void Provide(ref Action<IServiceCollection, IConfiguration>? add);
}
