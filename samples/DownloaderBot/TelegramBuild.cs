namespace DownloaderBot;

/// <summary>The Telegram support of this build: complete if the folder Telegram is compiled, otherwise none.</summary>
internal static partial class TelegramBuild
{
    /// <summary>Adds Telegram as the implementation of the bot's two ports; <see langword="null"/> in a build without it.</summary>
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
