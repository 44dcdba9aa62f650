using DownloaderBot.Local;
using DownloaderBot.Telegram;

namespace DownloaderBot.Tests.Support;

/// <summary>
/// Lets the program run on Telegram's chat in a build without users' sessions on Telegram: those of the local platform are as good for whatever
/// is not about them.
/// </summary>
internal static class LocalSessions
{
    public static TelegramBuild BesideTelegram { get; } = TelegramBuild.Compiled with
    {
        AddSessions = (services, configuration) => services.AddLocalSessions(LocalOptions.Read(configuration)),
    };

    /// <summary>The build itself where it is complete.</summary>
    public static TelegramBuild IfNeeded => TelegramBuild.Compiled.IsComplete ? TelegramBuild.Compiled : BesideTelegram;
}
