using System.Diagnostics;

namespace DownloaderBot.Tests.Support;

/// <summary>What the machine may say to a bot: nothing of it may reach one that a test starts.</summary>
internal static class HostVariables
{
    private static readonly string[] Names =
    [
        "RENDER", "RENDER_EXTERNAL_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_API", "TELEGRAM_TEST_ENVIRONMENT", "TELEGRAM_API_ID",
        "TELEGRAM_API_HASH", "TELEGRAM_SESSION_KEY", "TELEGRAM_SERVER_ADDRESS", "TELEGRAM_PUBLIC_KEY",
    ];

    private static readonly string[] Ports = ["PORT", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS"];

    /// <summary>The start of a command line that has none of it.</summary>
    public static IEnumerable<string> Unset => Names.Prepend("PORT").Select(name => $"--{name}=");

    public static void RemoveFrom(ProcessStartInfo start)
    {
        foreach (var name in Names.Concat(Ports))
        {
            start.Environment.Remove(name);
        }
    }
}
