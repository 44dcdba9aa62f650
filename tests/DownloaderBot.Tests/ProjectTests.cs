using System.Reflection;
using DownloaderBot.Local;
using DownloaderBot.Telegram;

namespace DownloaderBot.Tests;

/// <summary>Which of the sample's projects know which.</summary>
public sealed class ProjectTests
{
    private const string Core = "DownloaderBot.Core";

    [Fact]
    public void The_bot_knows_no_platform() => Known(typeof(BotOptions).Assembly).Should().BeEmpty();

    [Fact]
    public void A_platform_knows_the_bot_and_no_other_platform()
    {
        Known(typeof(LocalChat).Assembly).Should().BeSubsetOf([Core]);
        Known(typeof(TelegramBuild).Assembly).Should().BeSubsetOf([Core]);
    }

    private static IEnumerable<string> Known(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!)
        .Where(name => name.StartsWith("DownloaderBot", StringComparison.Ordinal));
}
